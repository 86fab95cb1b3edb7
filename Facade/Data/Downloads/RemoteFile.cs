using System.Security.Cryptography;

namespace AutoDiffAE.Data;

/// <summary>A file that several servers have, and how to tell that it is whole.</summary>
/// <param name="Size">In bytes: no more is taken from a server.</param>
/// <param name="Digest">In hexadecimal: 64 digits of SHA-256, or 32 of MD5 where no more is published.</param>
public sealed record RemoteFile(string Name, long Size, string Digest)
{
    public string Algorithm => Digest.Length == 64 ? "SHA-256" : "MD5";

    /// <summary>The digest of a file by the same algorithm.</summary>
    /// <exception cref="DataException">The file is missing or cannot be read.</exception>
    public string DigestOf(string path) => FileBytes.Through(path, file => Convert.ToHexStringLower(Digest.Length == 64 ? SHA256.HashData(file) : Md5(file)));

    // Against damage, not against an attacker: it is all that Fashion-MNIST's authors publish.
#pragma warning disable CA5351
    private static byte[] Md5(Stream file) => MD5.HashData(file);
#pragma warning restore CA5351
}
