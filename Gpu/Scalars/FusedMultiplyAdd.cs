using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace AutoDiffAE.Gpu;

/// <summary>a·b + c rounded once. ILGPU has no name for it, so each backend is told its own.</summary>
public static class FusedMultiplyAdd
{
    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float Of(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Of(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    internal static Context.Builder WithFusedMultiplyAdd(this Context.Builder builder)
    {
        var manager = builder.GetIntrinsicManager();
        foreach (var type in new[] { typeof(float), typeof(double) })
        {
            var method = typeof(FusedMultiplyAdd).GetMethod(nameof(Of), [type, type, type])!;
            manager.RegisterMethod(method, new CLIntrinsic(typeof(FusedMultiplyAdd), nameof(OpenCL), IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(method, new PTXIntrinsic(typeof(FusedMultiplyAdd), nameof(Ptx), IntrinsicImplementationMode.GenerateCode));
        }
        return builder;
    }

    private static void OpenCL(CLBackend _, CLCodeGenerator code, Value value)
    {
        using var statement = code.BeginStatement(code.Allocate(value));
        statement.AppendCommand("fma");
        statement.BeginArguments();
        var type = value.BasicValueType == BasicValueType.Float32 ? ArithmeticBasicValueType.Float32 : ArithmeticBasicValueType.Float64;
        foreach (var argument in ((MethodCall)value).Nodes)
        {
            // A constant has the type of what it looks like, and fma of three types is ambiguous.
            statement.AppendArgument();
            statement.AppendCast(type);
            statement.Append(code.Load(argument));
        }
        statement.EndArguments();
    }

    private static void Ptx(PTXBackend _, PTXCodeGenerator code, Value value)
    {
        var call = (MethodCall)value;
        var target = code.AllocateHardware(call);
        using var command = code.BeginCommand(call.BasicValueType == BasicValueType.Float32 ? "fma.rn.f32" : "fma.rn.f64");
        command.AppendArgument(target);
        foreach (var argument in call.Nodes) command.AppendArgument(code.LoadPrimitive(argument));
    }
}
