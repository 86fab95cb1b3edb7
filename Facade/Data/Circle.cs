namespace AutoDiffAE.Data;

/// <summary>A filled circle; the pixel in row r covers r to r + 1, its centre is at r + 1/2.</summary>
internal readonly record struct Circle(double Row, double Column, double Radius)
{
    /// <summary>How much of a pixel lies within, by the distance of its centre: 1 inside, 0 outside, a ramp one pixel wide between.</summary>
    public double Coverage(int row, int column) => Math.Clamp(Radius + 0.5 - Distance(row + 0.5, column + 0.5), 0, 1);

    public double Distance(Circle other) => Distance(other.Row, other.Column);

    private double Distance(double row, double column) => Math.Sqrt((Row - row) * (Row - row) + (Column - column) * (Column - column));
}
