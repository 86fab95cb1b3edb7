using AutoDiffAE.Autoencoders;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Reading;
using AutoDiffAE.Shapes;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading;

/// <summary>
/// Thirty derivations, whole, from x² to the autoencoder: what changes in one of them is looked at. AUTODIFFAE_EXPECTATIONS=1 writes them anew.
/// </summary>
public sealed class ExpectationsTest
{
    private const string Rewrites = "AUTODIFFAE_EXPECTATIONS";

    private static readonly (string Name, string Text, string Shapes, string Wrt)[] Cases =
    [
        ("01-powers", "x ** 3 - 2 * x ** 2 + 5 * x", "x=()", "x"),
        ("02-chain-rule", "exp(-sin(x ** 2))", "x=()", "x"),
        ("03-product", "x * sin(x) * y", "x=() y=()", "x,y"),
        ("04-quotient", "x / (1 + x ** 2)", "x=()", "x"),
        ("05-broadcast", "sum((x - m) ** 2)", "x=(n,3) m=(3)", "m"),
        ("06-matmul", "sum(tanh(x @ w + b))", "x=(n,3) w=(3,4) b=(4)", "w,b"),
        ("07-bilinear", "x @ a @ y", "x=(3) a=(3,4) y=(4)", "x,a,y"),
        ("08-softmax-cross-entropy", "mean(-sum(y * log_softmax(x @ w), axis=1))", "x=(n,3) w=(3,4) y=(n,4)", "w"),
        ("09-log-sum-exp", "logsumexp(x)", "x=(n)", "x"),
        ("10-sigmoid-cross-entropy", "let p = sigmoid(x @ w); -mean(y * log(p) + (1 - y) * log(1 - p))", "x=(n,3) w=(3) y=(n)", "w"),
        ("11-relu", "sum(relu(x @ w) ** 2)", "x=(n,3) w=(3,4)", "w"),
        ("12-max", "sum(max(x, axis=1) * maximum(a, b))", "x=(n,3) a=(n) b=(n)", "x,a,b"),
        ("13-max-pool", "sum(max_pool2d(x, 2) ** 2)", "x=(n,2,4,4)", "x"),
        ("14-convolution", "sum(tanh(conv2d(x, w) + reshape(b, (8, 1, 1))))", "x=(n,3,9,9) w=(8,3,3,3) b=(8)", "w,b"),
        ("15-convolution-of-one-channel", "sum(conv2d(x, w, padding=1, flip=true) ** 2)", "x=(n,1,5,5) w=(1,1,3,3)", "x,w"),
        ("16-layer-norm", "sum(y * layer_norm(x, (4,), weight=g, bias=b))", "x=(n,4) g=(4) b=(4) y=(n,4)", "x,g,b"),
        ("17-batch-norm", "sum(y * batch_norm(x, weight=g, bias=b))", "x=(n,2,3) g=(2) b=(2) y=(n,2,3)", "x,g,b"),
        ("18-attention", "sum(v0 * (softmax(q @ transpose(k) / sqrt(4), axis=1) @ v))", "q=(n,4) k=(m,4) v=(m,5) v0=(n,5)", "q,k,v"),
        ("19-tied-weights", "let h = tanh(x @ w); sum((h @ transpose(w) - x) ** 2)", "x=(n,6) w=(6,2)", "w"),
        ("20-lstm-cell", "let i = sigmoid(x @ wi + h @ ui); let f = sigmoid(x @ wf + h @ uf); let o = sigmoid(x @ wo + h @ uo); let g = tanh(x @ wg + h @ ug); let c1 = f * c + i * g; let h1 = o * tanh(c1); sum(h1 * y)", "x=(n,3) h=(n,4) c=(n,4) y=(n,4) wi=(3,4) ui=(4,4) wf=(3,4) uf=(4,4) wo=(3,4) uo=(4,4) wg=(3,4) ug=(4,4)", "wf,uf,c"),
        ("21-embedding", "sum(take(e, words, axis=0) * y)", "e=(10,4) words=(n) y=(n,4)", "e"),
        ("22-top", "sum(topk(x, 2, axis=1) * y)", "x=(n,5) y=(n,2)", "x,y"),
        ("23-where", "sum(where(x > 0, x ** 2, a * x))", "x=(n) a=()", "x,a"),
        ("24-abs-and-norm", "norm(x) + sum(abs(x - y))", "x=(n) y=(n)", "x,y"),
        ("25-determinant", "log(det(a)) + trace(inv(a) @ s)", "a=(3,3) s=(3,3)", "a"),
        ("26-cholesky", "let l = cholesky(a); sum(triangular_solve(l, b) ** 2)", "a=(3,3) b=(3,2)", "a,b"),
        ("27-cumulative-sum", "sum(cumsum(x, axis=0) ** 2)", "x=(n)", "x"),
        ("28-einsum", "sum(einsum(\"bij,bjk->bik\", a, b) * y)", "a=(n,2,3) b=(n,3,4) y=(n,2,4)", "a,b"),
        ("29-shapes", "sum(concat(reshape(x, (6)), y[1:], axis=0) ** 2)", "x=(2,3) y=(4)", "x,y"),
        ("30-autoencoder", "", "", ""),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_derivation_reads_as_it_did(string name)
    {
        var file = Path.Combine(Shared.Repository, "tests", "Autodiff", "Reading", "Expectations", $"{name}.txt");
        var found = string.Join("\n", Text(name)) + "\n";
        if (Environment.GetEnvironmentVariable(Rewrites) == "1") File.WriteAllText(file, found);
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), found);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_line_is_wider_than_it_may_be_unless_it_has_no_blank(string name) =>
        Assert.All(Text(name), line => Assert.True(line.Length <= 100 || !line.Trim().Contains(' '), line));

    private static IEnumerable<string> Text(string name)
    {
        var (title, text, shapes, wrt) = Cases.Single(c => c.Name == name);
        var (cost, asked) = text.Length == 0 ? Autoencoder() : Parsed(text, shapes, wrt);
        IEnumerable<string> head = text.Length == 0 ? ["the autoencoder of 28 x 28 images: the loss"] : [.. text.Split("; ")];
        var layers = text.Contains("let ", StringComparison.Ordinal) || text.Length == 0 ? DerivationText.Lines(LayerDerivation.Of(cost, asked)).Prepend("").Prepend("-- by layers --") : [];
        return [title, .. head.Select(l => $"  {l}"), "", .. DerivationText.Lines(Derivation.Of(cost, asked)), .. layers.Any() ? layers.Prepend("") : []];
    }

    internal static (Expr Cost, Expr[] Wrt) Parsed(string name)
    {
        var (_, text, shapes, wrt) = Cases.Single(c => c.Name == name);
        return text.Length == 0 ? Autoencoder() : Parsed(text, shapes, wrt);
    }

    private static (Expr Cost, Expr[] Wrt) Parsed(string text, string shapes, string wrt)
    {
        var variables = shapes.Split(' ').Select(s => s.Split('=')).ToDictionary(s => s[0], s => Expr.Variable(s[0], new Shape([.. s[1].Trim('(', ')').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(d => long.TryParse(d, out var length) ? (Dim)length : Dim.Named(d))])));
        return (Parser.Parse(text, variables), [.. wrt.Split(',').Select(v => variables[v])]);
    }

    private static (Expr Cost, Expr[] Wrt) Autoencoder()
    {
        var task = TrainingTask.Reconstruction(new ConvolutionalAutoencoder(28, 28).Build());
        return (task.Loss, [.. task.Learned]);
    }
}
