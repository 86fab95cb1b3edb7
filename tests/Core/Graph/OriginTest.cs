using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph;

public sealed class OriginTest
{
    private static readonly Expr X = Expr.Variable("x", 3);

    private readonly struct Cubed : IUnaryFunction
    {
        public static string Name => "cubed";
        public static V Apply<V>(V x) where V : IReal<V> => x * x * x;
        public static V Derivative<V>(V x, V y) where V : IReal<V> => 3 * x * x;
    }

    private sealed class Renamed : Pullbacks
    {
        public override Pullback Sum(Op.Sum op) => new("mine", (y, dy) => [Spread(dy, y.Args[0])]);

        private static Expr Spread(Expr dy, Expr x) => dy.BroadcastTo(x.Shape);
    }

    [Fact]
    public void A_gradient_has_the_line_that_asked_for_it() =>
        Assert.Equal([nameof(A_gradient_has_the_line_that_asked_for_it)], Methods((X.Tanh() * X).Sum()));

    [Fact]
    public void The_derivative_of_a_users_function_has_the_line_of_the_function() =>
        Assert.Equal(
            [nameof(Cubed.Derivative), nameof(The_derivative_of_a_users_function_has_the_line_of_the_function)],
            Methods(Expr.Call<Cubed>(X).Sum()));

    [Fact]
    public void A_rule_of_the_users_has_lines_of_its_own() =>
        Assert.Contains("Spread", Methods(X.Tanh().Sum(), new Renamed()));

    [Fact]
    public void What_is_built_after_a_gradient_has_its_own_line()
    {
        _ = Gradient.Of(X.Tanh().Sum(), X);
        Assert.Equal(nameof(Built), Built().Origin.Source!.Method.Name);
    }

    private static Expr Built() => X * X;

    /// <summary>The methods in which the nodes of a gradient, the cost's own left out, were built.</summary>
    private static IEnumerable<string> Methods(Expr cost, Pullbacks? pullbacks = null, [System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        Traversal.Topological([Gradient.Of(cost, [X], pullbacks: pullbacks)[0]]).Except(Traversal.Topological([cost]))
            .Select(e => e.Origin.Source?.Method.Name).OfType<string>().Select(m => m == nameof(Methods) ? test : m).Distinct().Order(StringComparer.Ordinal);
}
