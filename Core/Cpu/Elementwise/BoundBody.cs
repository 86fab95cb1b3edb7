using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The code of a fused body, to be run along rows. What is written may be what is read, whole and in the same order: an element is stored after its
/// vector has been loaded, and the last vector of a row, which would overlap the one before it and so read results for arguments, is then run in
/// a padded copy.
/// </summary>
internal sealed unsafe class BoundBody<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>More than the heaviest group can touch; they are put on the stack.</summary>
    private const int MostPointers = 2048;

    /// <summary>From so many elements on the loop is made for speed. Making it takes milliseconds, running it over fewer less than a microsecond.</summary>
    private const int Many = 256;

    private readonly bool[] _splats;
    private readonly int _reads, _operands;
    private readonly double[] _literals;
    private readonly delegate*<void**, nint, void> _code;

    /// <param name="body">The body.</param>
    /// <param name="splats">For each operand, whether one number serves a row; only what is read may be splatted.</param>
    /// <param name="elements">How many there are in all.</param>
    public BoundBody(Body body, bool[] splats, int elements)
    {
        (_splats, _reads, _operands) = (splats, body.Reads, splats.Length);
        if (_operands > MostPointers) throw new InvalidOperationException($"a fused body touches {_operands} buffers");
        var (structure, literals) = ElementwiseCode.Parametrized(body);
        // Pinned: the code has an address of theirs.
        _literals = GC.AllocateUninitializedArray<double>(literals.Length, pinned: true);
        literals.CopyTo(_literals, 0);
        _code = (delegate*<void**, nint, void>)ElementwiseCode.Compile<V, T>(structure, splats[.._reads], elements >= Many);
    }

    /// <summary>How many pointers a run needs: one for each operand, and one of its own.</summary>
    public int Pointers => _operands + 1;

    /// <summary>Whether an operand is one number for a row.</summary>
    public bool Splats(int operand) => operand < _reads && _splats[operand];

    /// <summary>Whether something is written where something is read.</summary>
    public bool Overwrites(nint* slots, int[] operands)
    {
        for (var w = _reads; w < operands.Length; w++)
            for (var r = 0; r < _reads; r++)
                if (slots[operands[w]] == slots[operands[r]]) return true;
        return false;
    }

    /// <summary>One row; the pointers may be moved along it.</summary>
    public void Run(void** pointers, int length, bool overwrites)
    {
        pointers[_operands] = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_literals));
        var whole = length < V.Count ? 0 : overwrites ? length - length % V.Count : length;
        if (whole > 0) _code(pointers, whole);
        if (whole == length) return;
        for (var i = 0; i < _operands; i++)
            if (!Splats(i)) pointers[i] = (T*)pointers[i] + whole;
        Short(pointers, length - whole);
    }

    /// <summary>What is shorter than a vector is run in padded copies, so that its bits come from the same code.</summary>
    private void Short(void** pointers, int length)
    {
        var copies = stackalloc T[_operands * V.Count];
        var padded = stackalloc void*[_operands + 1];
        padded[_operands] = pointers[_operands];
        for (var i = 0; i < _operands; i++)
        {
            padded[i] = copies + i * V.Count;
            if (i < _reads) new ReadOnlySpan<T>(pointers[i], _splats[i] ? 1 : length).CopyTo(new Span<T>(padded[i], V.Count));
        }
        _code(padded, V.Count);
        for (var i = _reads; i < _operands; i++)
            new ReadOnlySpan<T>(padded[i], length).CopyTo(new Span<T>(pointers[i], length));
    }
}
