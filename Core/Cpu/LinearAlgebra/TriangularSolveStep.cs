using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>Substitution, in place in the result. A job is a panel of columns of one matrix; panels do not know of each other.</summary>
internal sealed unsafe class TriangularSolveStep<T>(TriangularForm form, int matrices, int a, int b, int target) : IBoundStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PanelWidth = 128;

    private struct State
    {
        public TriangularForm Form;
        public T* A;
        public T* B;
        public T* X;
    }

    public void Run(nint* slots, Workers workers)
    {
        var state = new State { Form = form, A = (T*)slots[a], B = (T*)slots[b], X = (T*)slots[target] };
        if (form is { Rows: > 0, Columns: > 0 }) workers.Run(matrices * Panels(form), &Panel, &state);
    }

    private static int Panels(TriangularForm form) => (form.Columns + PanelWidth - 1) / PanelWidth;

    private static void Panel(void* argument, int chunk, int worker)
    {
        var state = (State*)argument;
        var form = state->Form;
        var (matrix, panel) = Math.DivRem(chunk, Panels(form));
        var (n, stride) = (form.Rows, form.Columns);
        var (start, width) = (panel * PanelWidth, Math.Min(PanelWidth, stride - panel * PanelWidth));
        var a = state->A + (long)matrix * n * n;
        var x = state->X + (long)matrix * n * stride + start;
        var b = state->B + (long)matrix * n * stride + start;
        for (var i = 0; i < n; i++) new ReadOnlySpan<T>(b + (long)i * stride, width).CopyTo(new Span<T>(x + (long)i * stride, width));
        for (var k = 0; k < n; k++)
        {
            var i = form.Forward ? k : n - 1 - k;
            if (form.Transposed) Scatter(form, a, x, i, stride, width);
            else Gather(form, a, x, i, stride, width);
        }
    }

    /// <summary>Row i of X from the rows that are known: xᵢ = (bᵢ - Σ aᵢⱼ xⱼ) / aᵢᵢ.</summary>
    private static void Gather(TriangularForm form, T* a, T* x, int i, int stride, int width)
    {
        var row = a + (long)i * form.Rows;
        var (first, last) = form.Forward ? (0, i) : (i + 1, form.Rows);
        if (stride == 1) x[i] -= Rows<T>.Dot(row + first, x + first, last - first);
        else
            for (var j = first; j < last; j++) Rows<T>.Subtract(x + (long)i * stride, row[j], x + (long)j * stride, width);
        if (!form.Unit) Rows<T>.Divide(x + (long)i * stride, row[i], width);
    }

    /// <summary>The same where column i of Aᵀ is a row: xᵢ is complete, and taken from the rows that are not: xⱼ -= aᵢⱼ xᵢ.</summary>
    private static void Scatter(TriangularForm form, T* a, T* x, int i, int stride, int width)
    {
        var row = a + (long)i * form.Rows;
        if (!form.Unit) Rows<T>.Divide(x + (long)i * stride, row[i], width);
        var (first, last) = form.Forward ? (i + 1, form.Rows) : (0, i);
        if (stride == 1) Rows<T>.Subtract(x + first, x[i], row + first, last - first);
        else
            for (var j = first; j < last; j++) Rows<T>.Subtract(x + (long)j * stride, row[j], x + (long)i * stride, width);
    }
}
