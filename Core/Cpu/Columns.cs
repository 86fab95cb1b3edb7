using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Combines rows element by element.</summary>
internal static unsafe class Columns<V, T, F>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IFold<V, T>
{
    private const long BlockRows = 512, Narrow = 64, Wide = 128;

    /// <summary>target[j] = the rows' elements j combined, where row i starts at source[i · stride].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fold(T* target, T* source, long rows, long stride, long width)
    {
        var loop = StridedLoop.Make([rows], [stride]);
        Fold(target, source, &loop, 0, rows, width);
    }

    /// <summary>The same over the rows from <paramref name="row"/> up to <paramref name="end"/> of a loop; a tree over blocks of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fold(T* target, T* source, StridedLoop* loop, long row, long end, long width)
    {
        var block = BlockRows;
        if (end - row > block && width < Narrow) block *= Wide / width;
        if (end - row <= block) Block(target, source, loop, row, end, width);
        else Tree(target, source, loop, row, end, width, block);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tree(T* target, T* source, StridedLoop* loop, long row, long end, long width, long block)
    {
        var levels = 66 - (int)long.LeadingZeroCount((end - row) / block);
        var stack = stackalloc T[checked((int)(levels * width))];
        var top = 0;
        for (var done = 0L; row + done * block < end; done++)
        {
            Block(stack + top++ * width, source, loop, row + done * block, Math.Min(row + (done + 1) * block, end), width);
            for (var bit = done; (bit & 1) != 0; bit >>= 1) Pop();
        }
        while (top > 1) Pop();
        Buffer.MemoryCopy(stack, target, width * sizeof(T), width * sizeof(T));

        void Pop() => Pass<One>(stack + (--top - 1) * width, stack + top * width, 0, width, false);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(T* target, T* source, StridedLoop* loop, long row, long end, long width)
    {
        var inner = loop->Rank - 1;
        if (inner <= 0)
        {
            var stride = inner < 0 ? 0 : loop->Stride(0, 0);
            Run(target, source + row * stride, end - row, stride, width, true);
            return;
        }
        var length = loop->Size(inner);
        for (var r = row; r < end;)
        {
            var (outer, position) = Math.DivRem(r, length);
            var n = Math.Min(length - position, end - r);
            var offset = loop->Offset(0, inner, outer) + position * loop->Stride(0, inner);
            Run(target, source + offset, n, loop->Stride(0, inner), width, r == row);
            r += n;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(T* target, T* source, long rows, long stride, long width, bool first)
    {
        if (width < Narrow && stride == width && rows >= 4 * (Wide / width))
        {
            NarrowRun(target, source, rows, width, first);
            return;
        }
        for (; rows >= 8; rows -= 8, source += 8 * stride, first = false) Pass<Eight>(target, source, stride, width, first);
        if ((rows & 4) != 0)
        {
            Pass<Four>(target, source, stride, width, first);
            source += 4 * stride;
            first = false;
        }
        if ((rows & 2) != 0)
        {
            Pass<Two>(target, source, stride, width, first);
            source += 2 * stride;
            first = false;
        }
        if ((rows & 1) != 0) Pass<One>(target, source, stride, width, first);
    }

    /// <summary>Several short rows make a long one; its parts are combined in the end.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void NarrowRun(T* target, T* source, long rows, long width, bool first)
    {
        var together = Wide / width;
        var wide = stackalloc T[(int)Wide];
        Run(wide, source, rows / together, together * width, together * width, true);
        Run(target, wide, together, width, width, first);
        var rest = rows % together;
        if (rest > 0) Run(target, source + (rows - rest) * width, rest, width, width, false);
    }

    /// <summary>The last register overlaps the one before: it is made from the old values before these change, and stored last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass<R>(T* target, T* source, long stride, long width, bool first) where R : struct, IRows
    {
        var c = V.Count;
        if (width < c)
        {
            for (var j = 0L; j < width; j++)
            {
                var value = R.Combine(source + j, stride);
                target[j] = first ? value : F.Combine(target[j], value);
            }
            return;
        }
        var last = R.CombineLanes(source + width - c, stride);
        if (first)
            for (var j = 0L; j < width - c; j += c) R.CombineLanes(source + j, stride).Store(target + j);
        else
        {
            last = F.Combine(V.Load(target + width - c), last);
            for (var j = 0L; j < width - c; j += c) F.Combine(V.Load(target + j), R.CombineLanes(source + j, stride)).Store(target + j);
        }
        last.Store(target + width - c);
    }

    /// <summary>A fixed number of rows combined as a tree.</summary>
    private interface IRows
    {
        static abstract V CombineLanes(T* source, long stride);

        static abstract T Combine(T* source, long stride);
    }

    private struct One : IRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V CombineLanes(T* source, long stride) => V.Load(source);

        public static T Combine(T* source, long stride) => *source;
    }

    private struct Two : IRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V CombineLanes(T* source, long stride) => F.Combine(V.Load(source), V.Load(source + stride));

        public static T Combine(T* source, long stride) => F.Combine(*source, source[stride]);
    }

    private struct Four : IRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V CombineLanes(T* source, long stride) =>
            F.Combine(Two.CombineLanes(source, stride), Two.CombineLanes(source + 2 * stride, stride));

        public static T Combine(T* source, long stride) => F.Combine(Two.Combine(source, stride), Two.Combine(source + 2 * stride, stride));
    }

    private struct Eight : IRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V CombineLanes(T* source, long stride) =>
            F.Combine(Four.CombineLanes(source, stride), Four.CombineLanes(source + 4 * stride, stride));

        public static T Combine(T* source, long stride) => F.Combine(Four.Combine(source, stride), Four.Combine(source + 4 * stride, stride));
    }
}
