using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>
/// A fused body of which some operands do not lie in rows, or leave only short rows to run along: of these, a tile at a time is brought into rows in
/// the cache. A tile is a block of one axis by all axes behind it, or a block of the last two axes.
/// </summary>
internal sealed unsafe class TiledStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ShortRow = 48, ChunkElements = 16384;

    private readonly int[] _slots;
    private readonly OperandAxes _outer;
    private readonly BodyTile _tile;
    private readonly (int Rows, int Columns) _blocks;
    private readonly int _rows, _last, _tiles, _tilesPerChunk, _tileBytes, _copied;
    private readonly BoundBody<V, T> _body;
    private readonly int[][] _strides;

    // Of each operand that is brought into rows: the copies of a whole tile, of one with fewer rows, with fewer columns, and with fewer of both.
    private readonly CopyPlan[]?[] _copies;

    /// <summary>Whether the body cannot run along rows, or only along short ones because of what is broadcast.</summary>
    public static bool Pays(OperandAxes axes, ElementwiseLoop loop) =>
        loop.Count > 0 && (axes.InRows.Contains(false) || loop is { Inner: < ShortRow, Rows: > 1 } && Enumerable.Range(0, axes.Strides.Length).Any(o => axes.Strides[o].Contains(0) && axes.Strides[o].Any(s => s != 0)));

    /// <param name="body">The body.</param>
    /// <param name="slots">The slots read, then those written.</param>
    /// <param name="axes">The axes as they lie.</param>
    /// <param name="count">The elements, at least one.</param>
    public TiledStep(Body body, int[] slots, OperandAxes axes, int count)
    {
        (_slots, _tile) = (slots, BodyTile.Of(axes.Sizes));
        (_rows, _last) = (axes.Sizes[_tile.Axis], _tile.Apart ? axes.Inner : _tile.Columns);
        _outer = axes.Select([.. Enumerable.Range(0, _tile.Axis)]);
        _strides = axes.Strides;
        _blocks = (Blocks(_rows, _tile.Rows), Blocks(_last, _tile.Columns));
        _tiles = _outer.Sizes.Aggregate(_blocks.Rows * _blocks.Columns, (n, size) => checked(n * size));
        _tilesPerChunk = Math.Max(1, ChunkElements / (_tile.Rows * _tile.Columns));
        _copies = [.. Enumerable.Range(0, slots.Length).Select(o => o < body.Reads && !Lies(axes, o) ? Copies(axes, o) : null)];
        (_copied, _tileBytes) = (_copies.Count(c => c is not null), (int)Scratch.Round((nuint)(_tile.Rows * _tile.Columns * sizeof(T))));
        _body = new(body, [.. Enumerable.Range(0, slots.Length).Select(o => o < body.Reads && _copies[o] is null && _strides[o][^1] == 0)], count);
    }

    public void Run(nint* slots, Workers workers)
    {
        lock (workers.Exclusive)
        {
            var state = new Job { Step = this, Slots = slots, Overwrites = _body.Overwrites(slots, _slots), Scratch = workers.Reserve((nuint)(_copied * _tileBytes)) };
            workers.Run(Blocks(_tiles, _tilesPerChunk), &Chunk, Unsafe.AsPointer(ref state));
        }
    }

    private ref struct Job
    {
        public TiledStep<V, T> Step;
        public nint* Slots;
        public bool Overwrites;
        public void** Scratch;
    }

    private static void Chunk(void* state, int chunk, int worker)
    {
        ref var job = ref Unsafe.AsRef<Job>(state);
        var step = job.Step;
        for (var tile = chunk * step._tilesPerChunk; tile < Math.Min((chunk + 1) * step._tilesPerChunk, step._tiles); tile++) step.RunTile(ref job, tile, (byte*)job.Scratch[worker]);
    }

    private void RunTile(ref Job job, int tile, byte* scratch)
    {
        var (outer, block) = Math.DivRem(tile, _blocks.Rows * _blocks.Columns);
        var (row, column) = (block / _blocks.Columns * _tile.Rows, block % _blocks.Columns * _tile.Columns);
        var (rows, columns) = (Math.Min(_tile.Rows, _rows - row), Math.Min(_tile.Columns, _last - column));
        var begins = stackalloc T*[_slots.Length];
        for (var o = 0; o < _slots.Length; o++)
        {
            begins[o] = (T*)job.Slots[_slots[o]] + _outer.Offset(o, outer) + (nint)row * _strides[o][_tile.Axis] + (nint)column * _strides[o][^1];
            if (_copies[o] is not { } copies) continue;
            Movement<V, T>.Run(copies[(rows < _tile.Rows ? 1 : 0) + (columns < _tile.Columns ? 2 : 0)], (T*)scratch, begins[o]);
            begins[o] = (T*)scratch;
            scratch += _tileBytes;
        }
        var pointers = stackalloc void*[_body.Pointers];
        var length = _tile.Apart ? columns : rows * columns;
        for (var r = 0; r < (_tile.Apart ? rows : 1); r++)
        {
            for (var o = 0; o < _slots.Length; o++) pointers[o] = begins[o] + r * (_copies[o] is null ? (nint)_strides[o][_tile.Axis] : columns);
            _body.Run(pointers, length, job.Overwrites);
        }
    }

    /// <summary>Whether an operand's part of a tile lies in rows as it is, or is one number for each row.</summary>
    private bool Lies(OperandAxes axes, int operand)
    {
        var strides = axes.Strides[operand];
        if (_tile.Apart) return strides[^1] is 0 or 1;
        var dense = 1;
        var (lies, one) = (true, true);
        for (var axis = strides.Length - 1; axis >= _tile.Axis; dense *= axes.Sizes[axis--])
        {
            lies &= strides[axis] == dense;
            one &= strides[axis] == 0;
        }
        return lies || one;
    }

    private CopyPlan[] Copies(OperandAxes axes, int operand)
    {
        CopyPlan Copy(int rows, int columns)
        {
            int[] sizes = [rows, .. _tile.Apart ? [columns] : axes.Sizes[(_tile.Axis + 1)..]];
            var dense = Layout.Dense(sizes);
            return CopyPlan.Make(sizes, [.. dense.Strides.Select(s => (long)s)], 0, [.. axes.Strides[operand][_tile.Axis..].Select(s => (long)s)], 0);
        }

        var (fewerRows, fewerColumns) = (_rows % _tile.Rows, _last % _tile.Columns);
        return
        [
            Copy(_tile.Rows, _tile.Columns), fewerRows == 0 ? default : Copy(fewerRows, _tile.Columns),
            fewerColumns == 0 ? default : Copy(_tile.Rows, fewerColumns), fewerRows == 0 || fewerColumns == 0 ? default : Copy(fewerRows, fewerColumns),
        ];
    }

    private static int Blocks(int size, int block) => (size + block - 1) / block;
}
