namespace AutoDiffAE.Graph.Language;

internal sealed partial class Spelling
{
    public Spelled Gather(Op.Gather op) => Call("take", $"axis={op.Axis}", Batch(op.Batch));

    public Spelled ScatterAdd(Op.ScatterAdd op) => Call("add_at", $"axis={op.Axis}", $"length={op.Length}", Batch(op.Batch));

    public Spelled ArgSort(Op.ArgSort op) => Call("argsort", $"axis={op.Axis}");

    private static string Batch(int batch) => batch == 0 ? "" : $"batch={batch}";
}
