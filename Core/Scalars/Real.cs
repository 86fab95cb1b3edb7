namespace AutoDiffAE.Scalars;

/// <summary>A float64 number as a carrier of formulas: what constants are folded with, and what an oracle runs.</summary>
public readonly record struct Real(double Value) : IReal<Real>
{
    public static implicit operator Real(double value) => new(value);

    public static Real operator +(Real a, Real b) => a.Value + b.Value;
    public static Real operator -(Real a, Real b) => a.Value - b.Value;
    public static Real operator *(Real a, Real b) => a.Value * b.Value;
    public static Real operator /(Real a, Real b) => a.Value / b.Value;
    public static Real operator -(Real a) => -a.Value;

    public static Real MultiplyAdd(Real a, Real b, Real c) => Math.FusedMultiplyAdd(a.Value, b.Value, c.Value);
    public static Real Fmod(Real a, Real b) => a.Value % b.Value;
    public static Real CopySign(Real a, Real b) => Math.CopySign(a.Value, b.Value);

    public static Real Max(Real a, Real b) => Math.Max(a.Value, b.Value);
    public static Real Min(Real a, Real b) => Math.Min(a.Value, b.Value);
    public static Real Abs(Real a) => Math.Abs(a.Value);
    public static Real Floor(Real a) => Math.Floor(a.Value);
    public static Real Sqrt(Real a) => Math.Sqrt(a.Value);
    public static Real Exp(Real a) => Math.Exp(a.Value);
    public static Real Log(Real a) => Math.Log(a.Value);
    public static Real Pow(Real a, Real b) => Math.Pow(a.Value, b.Value);
    public static Real Sin(Real a) => Math.Sin(a.Value);
    public static Real Cos(Real a) => Math.Cos(a.Value);

    public static Real Greater(Real a, Real b) => a.Value > b.Value ? 1 : 0;
    public static Real GreaterOrEqual(Real a, Real b) => a.Value >= b.Value ? 1 : 0;
    public static Real Equal(Real a, Real b) => a.Value == b.Value ? 1 : 0;
    public static Real Select(Real condition, Real a, Real b) => condition.Value != 0 ? a : b;

    public static Real Call<F>(Real x) where F : struct, IUnaryFunction => F.Apply(x);
    public static Real Call<F>(Real x, Real y) where F : struct, IBinaryFunction => F.Apply(x, y);
    public static Real Call<F>(Real x, Real y, Real z) where F : struct, ITernaryFunction => F.Apply(x, y, z);
}
