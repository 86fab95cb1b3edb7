using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>
/// The table of structural pullbacks. It is a value that a tape is given, so that a test can plant a wrong row and see it caught:
/// derive from this class and override one.
/// </summary>
public partial class Pullbacks : IOpCases<Pullback>
{
    public static readonly Pullbacks Standard = new();

    private static Pullback Leaf(string name) => new(name, (_, _) => []);

    /// <summary>A rule for an operation of one argument.</summary>
    private static Pullback Linear(string name, Func<Expr, Expr, Expr> dx) => new(name, (y, dy) => [dx(y.Args[0], dy)]);
}
