using System.Collections.Immutable;

namespace AutoDiffAE.Data;

/// <summary>A data set of several files, and the servers that have them.</summary>
/// <param name="Mirrors">Folders, asked one after another.</param>
public sealed record RemoteSet(string Name, ImmutableArray<Uri> Mirrors, ImmutableArray<RemoteFile> Files)
{
    /// <summary>Handwritten digits of Y. LeCun, C. Cortes and C. J. C. Burges.</summary>
    public static readonly RemoteSet Mnist = new("mnist",
        [
            new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            new("https://yann.lecun.com/exdb/mnist/"),
        ],
        [
            new("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            new("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            new("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            new("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ]);

    /// <summary>Pictures of clothes by H. Xiao, K. Rasul and R. Vollgraf. Of the images the authors' MD5 is known; the labels' SHA-256 is of files with the authors' MD5.</summary>
    public static readonly RemoteSet FashionMnist = new("fashion-mnist",
        [
            new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
            new("https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"),
            new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        ],
        [
            new("train-images-idx3-ubyte.gz", 26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
            new("train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            new("t10k-images-idx3-ubyte.gz", 4_422_102, "bef4ecab320f06d8554ea6380940ec79"),
            new("t10k-labels-idx1-ubyte.gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ]);

    public static ImmutableArray<RemoteSet> All => [Mnist, FashionMnist];
}
