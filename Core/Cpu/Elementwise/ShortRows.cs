using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// A fused body whose innermost loop would be a few elements long, as where pooling broadcasts a maximum over its window: operands that
/// are broadcast are copied out in strips of many rows, and the code runs over whole strips of the flat result.
/// </summary>
internal sealed unsafe class ShortRows<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int StripElements = 4096, LeastStrip = 4 * 64;

    private readonly ElementwiseLoop _loop;
    private readonly delegate*<void**, nint, void> _code;
    private readonly int[] _copied;
    private readonly int _strip;

    /// <param name="code">Of the body without splatted operands.</param>
    public ShortRows(ElementwiseLoop loop, nint code, int operands)
    {
        _loop = loop;
        _code = (delegate*<void**, nint, void>)code;
        _copied = [.. Enumerable.Range(0, operands).Where(o => !loop.IsFlat(o))];
        _strip = Math.Max(LeastStrip, StripElements / Math.Max(1, _copied.Length)) / loop.Inner * loop.Inner;
    }

    /// <summary>Whether rows are too short for the code to run over each.</summary>
    public static bool Suits(ElementwiseLoop loop) => loop.Rows > 1 && loop.Inner < 4 * V.Count && loop.Count >= V.Count;

    /// <summary>Rows first to end, at least a vector of elements; the result is row-major, so they are neighbours in it.</summary>
    [SkipLocalsInit]
    public void Run(void** bases, int operands, int first, int end)
    {
        var copies = stackalloc T[_copied.Length * 2 * _strip];
        var pointers = stackalloc void*[operands];
        var inner = _loop.Inner;
        while (first < end)
        {
            var rows = (end - first) * inner < 2 * _strip ? end - first : _strip / inner;
            for (var o = 0; o < operands; o++) pointers[o] = (T*)bases[o] + (nint)first * inner;
            for (var c = 0; c < _copied.Length; c++)
            {
                var copy = copies + c * 2 * _strip;
                Copy((T*)bases[_copied[c]], _copied[c], first, first + rows, copy);
                pointers[_copied[c]] = copy;
            }
            _code(pointers, (nint)rows * inner);
            first += rows;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(T* source, int operand, int first, int end, T* target)
    {
        var (inner, splat) = (_loop.Inner, _loop.Splats[operand]);
        var (last, stride) = _loop.LastOuter(operand);
        for (var row = first; row < end;)
        {
            var run = Math.Min(last - row % last, end - row);
            var x = source + _loop.Offset(operand, row);
            if (splat && stride == 1)
            {
                Groups<V, T>.Repeat(target, x, run, inner);
                target += (nint)run * inner;
            }
            else
            {
                for (var i = 0; i < run; i++, x += stride, target += inner)
                    for (var j = 0; j < inner; j++) target[j] = splat ? *x : x[j];
            }
            row += run;
        }
    }
}
