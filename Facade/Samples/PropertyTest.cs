#:property PublishAot=false
#:project ../AutoDiffAE.Facade.csproj
#:project ../../tests/Properties/AutoDiffAE.FsCheck.csproj
// A gradient that someone derived by hand, put to the test on random shapes and values: dotnet run PropertyTest.cs
using AutoDiffAE;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;

// y = x / |x| along the last axis; dx = (dy - y (y · dy)) / |x|.
Expr Length(Expr x) => x.Square().Sum([1], keepDims: true).Sqrt();
var right = CustomOp.Unary("unit", x => x / Length(x), (x, y, dy) => (dy - y * (y * dy).Sum([1], keepDims: true)) / Length(x));
var wrong = CustomOp.Unary("unit", x => x / Length(x), (x, y, dy) => (dy - y * dy.Sum([1], keepDims: true)) / Length(x));

Laws.Hold(("x", ["n", 4]), x => right.Apply(x));
Console.WriteLine("right: the laws hold");
try
{
    Laws.Hold(("x", ["n", 4]), x => wrong.Apply(x));
}
catch (LawException broken)
{
    Console.WriteLine($"wrong: {broken.Message}");
}
