using AutoDiffAE.Scalars;

namespace AutoDiffAE.Exchange;

/// <summary>The scalar functions that ONNX has by name. Any other is written as its own formula, over these.</summary>
/// <remarks>Softplus is not among them: runtimes differ in whether theirs overflows.</remarks>
internal static class OnnxFunctions
{
    /// <summary>How an operation takes and gives truth: ours is 0 or 1, ONNX has a type for it.</summary>
    public enum Truth
    {
        None,
        Given,
        First,
    }

    private static readonly Dictionary<ScalarFunction, (string Operation, Truth Truth)> Table = new()
    {
        [ScalarFunction.Binary<Add>()] = ("Add", Truth.None),
        [ScalarFunction.Binary<Subtract>()] = ("Sub", Truth.None),
        [ScalarFunction.Binary<Multiply>()] = ("Mul", Truth.None),
        [ScalarFunction.Binary<Divide>()] = ("Div", Truth.None),
        [ScalarFunction.Binary<Pow>()] = ("Pow", Truth.None),
        [ScalarFunction.Binary<Larger>()] = ("Max", Truth.None),
        [ScalarFunction.Binary<Smaller>()] = ("Min", Truth.None),
        [ScalarFunction.Binary<Fmod>()] = ("Mod", Truth.None),
        [ScalarFunction.Unary<Negate>()] = ("Neg", Truth.None),
        [ScalarFunction.Unary<Reciprocal>()] = ("Reciprocal", Truth.None),
        [ScalarFunction.Unary<Sqrt>()] = ("Sqrt", Truth.None),
        [ScalarFunction.Unary<Abs>()] = ("Abs", Truth.None),
        [ScalarFunction.Unary<Exp>()] = ("Exp", Truth.None),
        [ScalarFunction.Unary<Log>()] = ("Log", Truth.None),
        [ScalarFunction.Unary<Sin>()] = ("Sin", Truth.None),
        [ScalarFunction.Unary<Cos>()] = ("Cos", Truth.None),
        [ScalarFunction.Unary<Tan>()] = ("Tan", Truth.None),
        [ScalarFunction.Unary<Asin>()] = ("Asin", Truth.None),
        [ScalarFunction.Unary<Acos>()] = ("Acos", Truth.None),
        [ScalarFunction.Unary<Atan>()] = ("Atan", Truth.None),
        [ScalarFunction.Unary<Sinh>()] = ("Sinh", Truth.None),
        [ScalarFunction.Unary<Cosh>()] = ("Cosh", Truth.None),
        [ScalarFunction.Unary<Tanh>()] = ("Tanh", Truth.None),
        [ScalarFunction.Unary<Asinh>()] = ("Asinh", Truth.None),
        [ScalarFunction.Unary<Acosh>()] = ("Acosh", Truth.None),
        [ScalarFunction.Unary<Atanh>()] = ("Atanh", Truth.None),
        [ScalarFunction.Unary<Erf>()] = ("Erf", Truth.None),
        [ScalarFunction.Unary<Floor>()] = ("Floor", Truth.None),
        [ScalarFunction.Unary<Ceil>()] = ("Ceil", Truth.None),
        [ScalarFunction.Unary<Round>()] = ("Round", Truth.None),
        [ScalarFunction.Unary<Sign>()] = ("Sign", Truth.None),
        [ScalarFunction.Unary<Relu>()] = ("Relu", Truth.None),
        [ScalarFunction.Unary<Sigmoid>()] = ("Sigmoid", Truth.None),
        [ScalarFunction.Unary<Softsign>()] = ("Softsign", Truth.None),
        [ScalarFunction.Unary<IsNaN>()] = ("IsNaN", Truth.Given),
        [ScalarFunction.Binary<Greater>()] = ("Greater", Truth.Given),
        [ScalarFunction.Binary<GreaterOrEqual>()] = ("GreaterOrEqual", Truth.Given),
        [ScalarFunction.Binary<Less>()] = ("Less", Truth.Given),
        [ScalarFunction.Binary<LessOrEqual>()] = ("LessOrEqual", Truth.Given),
        [ScalarFunction.Binary<Equal>()] = ("Equal", Truth.Given),
        [ScalarFunction.Ternary<Where>()] = ("Where", Truth.First),
    };

    public static readonly ScalarFunction CopySign = ScalarFunction.Binary<CopySign>();

    public static (string Operation, Truth Truth)? Named(ScalarFunction function) => Table.TryGetValue(function, out var named) ? named : null;

    /// <summary>Whether a node of the function is written as it is.</summary>
    public static bool Has(ScalarFunction function) => Table.ContainsKey(function) || function == CopySign;
}
