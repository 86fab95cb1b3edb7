namespace AutoDiffAE.Cpu;

/// <summary>
/// A product over a view: weights (channels × steps) times the view shifted by each step's offset, at places (Depth, Height, Width) of
/// unit stride. The result's element of a place stands at Target + d·TargetSlice + h·TargetRow + w·TargetColumn.
/// </summary>
internal unsafe struct ConvolutionPart<T> where T : unmanaged
{
    public T* Weights;
    public nint WeightsGroup;
    public int* Offsets;
    public int Steps;
    public int Depth;
    public int Height;
    public int Width;
    public nint Begin;
    public nint Target;
    public nint TargetSlice;
    public nint TargetRow;
    public nint TargetColumn;
    public bool ByRows;
    public int Vectors;

    /// <summary>The places as one run in the view, the waste between rows included.</summary>
    public readonly nint Run(in ConvolutionView view) => (Depth - 1) * view.Slice + (Height - 1) * view.Row + Width;

    /// <summary>
    /// Vectors either follow the target's rows, the last of a row shifted back to end with it, and are stored where they belong; or
    /// they follow the view's run into scratch and the valid places are copied out. What costs less is taken.
    /// </summary>
    public void Plan<V>(in ConvolutionView view, bool canStore)
        where V : unmanaged
    {
        int lanes = sizeof(V) / sizeof(T);
        long byRows = (long)Depth * Height * ((Width + lanes - 1) / lanes);
        long byRun = (Run(view) + lanes - 1) / lanes;
        const int CopyCost = 20;
        ByRows = canStore && Width >= lanes && byRows * Steps <= byRun * (Steps + CopyCost);
        Vectors = checked((int)(ByRows ? byRows : byRun));
    }

    /// <summary>Writes where each vector begins in the view and in the target (or in scratch), the last one repeated to fill a tile.</summary>
    public readonly void Places(in ConvolutionView view, int lanes, int padded, int* viewAt, int* targetAt)
    {
        int n = 0;
        if (ByRows)
        {
            for (int d = 0; d < Depth; d++)
            for (int h = 0; h < Height; h++)
            for (int w = 0; w < Width; w += lanes, n++)
            {
                int column = Math.Min(w, Width - lanes);
                viewAt[n] = (int)(d * view.Slice + h * view.Row + column);
                targetAt[n] = (int)(d * TargetSlice + h * TargetRow + column);
            }
        }
        else
        {
            int last = Math.Max((int)Run(view) - lanes, 0);
            for (; n < Vectors; n++) viewAt[n] = targetAt[n] = Math.Min(n * lanes, last);
        }

        for (; n < padded; n++)
        {
            viewAt[n] = viewAt[n - 1];
            targetAt[n] = targetAt[n - 1];
        }
    }
}
