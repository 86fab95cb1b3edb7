using System.Text;

namespace AutoDiffAE.Tensors;

/// <summary>A key of the random streams of <see cref="Philox"/>. Equal keys give equal numbers everywhere.</summary>
public readonly record struct Key(ulong Value)
{
    /// <summary>A key whose streams are independent of this one's and of those of other data.</summary>
    public Key Fold(ulong data) => Fold(data, Philox.FoldStream);

    /// <summary>The same for a name, through the 64-bit FNV-1a hash of its UTF-8 bytes.</summary>
    public Key Fold(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(name)) hash = (hash ^ b) * 1099511628211UL;
        return Fold(hash, Philox.FoldNameStream);
    }

    private Key Fold(ulong data, ulong stream)
    {
        var (a, b, _, _) = Philox.Block(Value, stream, data);
        return new(a | (ulong)b << 32);
    }
}
