#:property PublishAot=false
#:project ../AutoDiffAE.Facade.csproj
#:project ../../tests/Properties/AutoDiffAE.FsCheck.csproj
// Operations of one's own, checked against finite differences: dotnet run CustomOp.cs
using AutoDiffAE;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Reading;
using AutoDiffAE.Scalars;

Laws.Hold<Snake>();

// The value is one graph, the pullback another: here rounding, whose gradient is let through as if it were not there (Bengio et al., 2013).
var straight = CustomOp.Unary("round_straight", x => x.Round(), (x, y, dy) => dy);

var x = Expr.Variable("x", "n", 3);
var y = straight.Apply(Expr.Call<Snake>(x)).Square().Sum();
foreach (var line in DerivationText.Lines(Derivation.Of(y, x))) Console.WriteLine(line);

/// <summary>y = x + sin² x, y' = 1 + sin 2x: L. Ziyin, T. Hartwig, M. Ueda, 2020.</summary>
public readonly struct Snake : IUnaryFunction
{
    public static string Name => "snake";
    public static V Apply<V>(V x) where V : IReal<V> => x + V.Call<Square>(V.Call<Sin>(x));
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 + V.Call<Sin>(x + x);
}
