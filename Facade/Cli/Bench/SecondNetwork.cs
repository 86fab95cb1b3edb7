using AutoDiffAE.Graph;
using AutoDiffAE.Layers;

namespace AutoDiffAE.Cli;

/// <summary>
/// A second network to measure, deep where the standard one is wide: 3x3 convolutions 1-16-32-64 of the same size, each with batch
/// normalisation, relu and pooling by 2, and the mirrored decoder with repetition by 2; images of 64 by 64.
/// </summary>
internal static class SecondNetwork
{
    public const int Side = 64;

    public static Network Build() => Network.Sequential(
    [
        ("input", new Input(1, Side, Side)),
        .. Block("encode1", 16), ("pool1", new MaxPool2D(2)),
        .. Block("encode2", 32), ("pool2", new MaxPool2D(2)),
        .. Block("encode3", 64), ("pool3", new MaxPool2D(2)),
        ("up3", new Unpool(2)), .. Block("decode3", 32),
        ("up2", new Unpool(2)), .. Block("decode2", 16),
        ("up1", new Unpool(2)), ("decode1", Convolution(1)),
    ]);

    private static (string, Layer)[] Block(string name, int filters) =>
    [
        (name, Convolution(filters)),
        ($"{name}_norm", new BatchNorm()),
        ($"{name}_relu", new Nonlinearity(Formulas.Relu, "relu")),
    ];

    private static Conv2D Convolution(int filters) => new(filters, 3, Border: Border.Same, Flip: false);
}
