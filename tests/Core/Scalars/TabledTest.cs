using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Tensors;
using AutoDiffAE.Properties;
using Xunit;

namespace AutoDiffAE.Tests.Core;

/// <summary>
/// Functions that the system does not have, at points near their zeros, in their tails and left of 0: values by mpmath to 40 places, of
/// which the arguments are the doubles written here. Left of 0, where zeros lie between the poles, to 1.
/// </summary>
public sealed class TabledTest
{
    private static readonly (string Function, double[] At, double Value)[] Table =
    [
        ("erf", [-3.25], -0.99999569722053632),
        ("erf", [-0.75], -0.71115563365351513),
        ("erf", [1E-10], 1.1283791670955126E-10),
        ("erf", [0.5], 0.52049987781304654),
        ("erf", [1.5], 0.96610514647531073),
        ("erf", [4], 0.9999999845827421),
        ("erfc", [-2], 1.9953222650189527),
        ("erfc", [0.01], 0.98871658444415038),
        ("erfc", [0.5], 0.47950012218695346),
        ("erfc", [1.5], 0.033894853524689273),
        ("erfc", [4], 1.5417257900280019E-8),
        ("erfc", [9], 4.1370317465138102E-37),
        ("erfc", [20], 5.3958656116079009E-176),
        ("erfinv", [-0.9999], -2.7510639057120797),
        ("erfinv", [-0.5], -0.47693627620446987),
        ("erfinv", [1E-10], 8.8622692545275805E-11),
        ("erfinv", [0.25], 0.2253120550121781),
        ("erfinv", [0.75], 0.81341984759761854),
        ("erfinv", [0.9999999], 3.7665625816384709),
        ("lgamma", [-19.7], -40.074999489264901),
        ("lgamma", [-7.25], -7.54188344347575),
        ("lgamma", [-0.5], 1.2655121234846454),
        ("lgamma", [-1E-05], 11.512931237209124),
        ("lgamma", [0.01], 4.5994798780420217),
        ("lgamma", [0.75], 0.20328095143129537),
        ("lgamma", [1.0001], -5.7713342220471268E-5),
        ("lgamma", [1.5], -0.12078223763524522),
        ("lgamma", [1.9999], -4.2275208772153458E-5),
        ("lgamma", [2.25], 0.12487171489239659),
        ("lgamma", [7.5], 7.534364236758733),
        ("lgamma", [100], 359.1342053695754),
        ("lgamma", [1000000.0], 12815504.569147612),
        ("digamma", [-19.7], 0.72328400633854419),
        ("digamma", [-7.25], 5.1899772149562879),
        ("digamma", [-0.5], 0.036489973978576521),
        ("digamma", [-1E-05], 99999.422767885629),
        ("digamma", [0.01], -100.56088545786867),
        ("digamma", [0.75], -1.0858608797864722),
        ("digamma", [1.25], -0.22745353337626541),
        ("digamma", [1.4616], -3.110625123034165E-5),
        ("digamma", [3.5], 1.1031566406452432),
        ("digamma", [20], 2.9705239922421491),
        ("digamma", [1000000.0], 13.815510057964191),
        ("sigmoid", [-80], 1.8048513878454152E-35),
        ("sigmoid", [-3], 0.047425873177566781),
        ("sigmoid", [0.5], 0.62245933120185456),
        ("sigmoid", [20], 0.99999999793884638),
        ("softplus", [-80], 1.8048513878454152E-35),
        ("softplus", [-3], 0.048587351573742059),
        ("softplus", [0.5], 0.97407698418010668),
        ("softplus", [20], 20.000000002061154),
        ("logsigmoid", [-20], -20.000000002061154),
        ("logsigmoid", [-0.5], -0.97407698418010668),
        ("logsigmoid", [3], -0.048587351573742059),
        ("logsigmoid", [80], -1.8048513878454152E-35),
        ("silu", [-80], -1.4438811102763321E-33),
        ("silu", [-3], -0.14227761953270034),
        ("silu", [0.5], 0.31122966560092728),
        ("silu", [20], 19.999999958776928),
        ("mish", [-40], -1.6993417021166356E-16),
        ("mish", [-3], -0.14564746127562459),
        ("mish", [0.5], 0.3752452113048951),
        ("mish", [20], 20.0),
        ("gelu", [-12], -2.1317785344932148E-32),
        ("gelu", [-5], -1.4332578593959696E-6),
        ("gelu", [-0.5], -0.15426876936299345),
        ("gelu", [0.01], 0.0050398935631463161),
        ("gelu", [3], 2.9959503059051097),
        ("gelu_tanh", [-9], -1.3364595947348725E-28),
        ("gelu_tanh", [-5], -2.291796196629506E-7),
        ("gelu_tanh", [-0.5], -0.15428599017485608),
        ("gelu_tanh", [0.01], 0.005039893559855573),
        ("gelu_tanh", [3], 2.996362607918227),
        ("selu", [-5], -1.7462533606696201),
        ("selu", [-0.01], -0.01749338072690946),
        ("selu", [2], 2.101401974710961),
        ("sinc", [-10.25], 0.021958934540417221),
        ("sinc", [-0.9], 0.10929240478705175),
        ("sinc", [0.001], 0.99999835506674489),
        ("sinc", [0.5], 0.63661977236758134),
        ("sinc", [2.5], 0.12732395447351627),
        ("sinc_slope", [-7.75], -0.094986999096524784),
        ("sinc_slope", [-0.9], 1.178165467869117),
        ("sinc_slope", [0.001], -0.0032898648867278963),
        ("sinc_slope", [0.5], -1.2732395447351627),
        ("sinc_slope", [2.5], -0.050929581789406507),
        ("log1p", [-0.99], -4.6051701859880905),
        ("log1p", [-1E-10], -1.00000000005E-10),
        ("log1p", [0.5], 0.40546510810816438),
        ("log1p", [100], 4.6151205168412595),
        ("expm1", [-20], -0.99999999793884638),
        ("expm1", [-1E-10], -9.9999999995000004E-11),
        ("expm1", [0.4], 0.49182469764127035),
        ("expm1", [3], 19.085536923187668),
        ("exp2", [-100.5], 5.578088954947358E-31),
        ("exp2", [0.1], 1.0717734625362932),
        ("exp2", [100.5], 1.7927286711931565E+30),
        ("polygamma", [1, -19.7], 15.029918853965819),
        ("polygamma", [1, -7.25], 19.610354539293269),
        ("polygamma", [1, -0.5], 8.9348022005446793),
        ("polygamma", [1, -0.001], 1000001.6473414317),
        ("polygamma", [1, 0.1], 101.43329915079275),
        ("polygamma", [1, 1.5], 0.93480220054467931),
        ("polygamma", [1, 20], 0.05127082293520312),
        ("polygamma", [2, -19.7], -68.83999295526708),
        ("polygamma", [2, -7.25], 124.00852603656573),
        ("polygamma", [2, -0.5], -0.82879664423432),
        ("polygamma", [2, -0.001], 1999999997.5893797),
        ("polygamma", [2, 0.1], -2001.8614573783437),
        ("polygamma", [2, 1.5], -0.82879664423432),
        ("polygamma", [2, 20], -0.0026281224023146546),
        ("polygamma", [3, -19.7], 769.02067198263122),
        ("polygamma", [3, -7.25], 1558.5411952034045),
        ("polygamma", [3, -0.5], 193.40909103400244),
        ("polygamma", [3, -0.001], 6000000000006.5184),
        ("polygamma", [3, 0.1], 60004.512876790253),
        ("polygamma", [3, 1.5], 1.4090910340024372),
        ("polygamma", [3, 20], 0.00026937422133963891),
        ("polygamma", [4, -19.7], -9738.7603378172311),
        ("polygamma", [4, -7.25], 24481.573142242188),
        ("polygamma", [4, -0.5], -3.4742498266672252),
        ("polygamma", [4, -0.001], 23999999999999972.0),
        ("polygamma", [4, 0.1], -2400015.6072031952),
        ("polygamma", [4, 1.5], -3.4742498266672252),
        ("polygamma", [4, 20], -4.1405977726396668E-5),
    ];

    public static TheoryData<string> Functions => [.. Table.Select(r => r.Function).Distinct()];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Values_are_the_tabled_ones(string name)
    {
        var f = ScalarSamplers.Functions.Single(f => f.Name == name);
        foreach (var (_, at, value) in Table.Where(r => r.Function == name))
        {
            Expr[] args = [.. at.Select((_, i) => Expr.Variable($"x{i}", 1))];
            (Expr, Tensor<double>)[] given = [.. args.Zip(at, (x, v) => (x, Tensor<double>.Of([v], 1)))];
            double By(IEvaluator evaluator) => evaluator.Evaluate([Expr.Map(f, [.. args])], given)[0].Span[0];
            foreach (var evaluator in new IEvaluator[] { new Interpreted(), new Compiled<double>() })
                Assert.Equal(value, By(evaluator), at[^1] < 0 ? Math.Max(Math.Abs(value), 1) * 1e-12 : Math.Abs(value) * 4e-15);
            // In single precision the argument is another.
            var truth = f.Apply([.. at.Select(v => (Real)(float)v)]).Value;
            Assert.Equal(truth, By(new Compiled<float>()), Math.Max(Math.Max(Math.Abs(truth), at[^1] < 0 ? 1 : 0) * 1e-6, float.Epsilon));
        }
    }
}
