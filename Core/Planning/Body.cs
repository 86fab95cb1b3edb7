using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

/// <summary>A value within a fused body.</summary>
public abstract record Operand
{
    private Operand() { }

    /// <summary>What the step reads, by position.</summary>
    public sealed record Read(int Index) : Operand;

    public sealed record Literal(double Value) : Operand
    {
        public long Bits => BitConverter.DoubleToInt64Bits(Value);

        /// <summary>By bits: 0 and -0 are two numbers.</summary>
        public bool Equals(Literal? other) => other is not null && Bits == other.Bits;

        public override int GetHashCode() => Bits.GetHashCode();
    }

    /// <summary>The result of an earlier instruction.</summary>
    public sealed record Result(int Index) : Operand;
}

public sealed record Instruction(ScalarFunction Function, Sequence<Operand> Operands);

/// <summary>Straight-line code over the elements of a shape: shared values are computed once, and several results may be written.</summary>
public sealed record Body(int Reads, Sequence<Instruction> Instructions, Sequence<Operand> Results)
{
    /// <summary>A body that copies: broadcasting without arithmetic.</summary>
    public static readonly Body Copy = new(1, [], [new Operand.Read(0)]);

    /// <summary>Its functions, in their order; of many, the first and the last.</summary>
    public string Summary() => Instructions.Count <= 3
        ? string.Join(' ', Instructions.Select(i => i.Function.Name))
        : $"{Instructions[0].Function.Name} … {Instructions[^1].Function.Name} ({Instructions.Count})";
}
