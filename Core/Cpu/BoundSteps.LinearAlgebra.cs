using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

internal sealed partial class BoundSteps<V, T>
{
    public IBoundStep Cholesky(Routine.Cholesky routine) => new CholeskyStep<T>(Matrices(Target), Target[^1], From, To);

    public IBoundStep TriangularSolve(Routine.TriangularSolve routine) => new TriangularSolveStep<T>(
        new TriangularForm(Target[^2], Target[^1], routine.Lower, routine.Transposed, routine.Unit), Matrices(Target), From, Second, To);

    public IBoundStep Lu(Routine.Lu routine) => new LuStep<T>(Matrices(Source), Source[^1], From, To);

    private static int Matrices(int[] sizes) => sizes[..^2].Aggregate(1, (n, size) => n * size);
}
