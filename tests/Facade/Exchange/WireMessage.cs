using System.Buffers.Binary;
using System.Text;

namespace AutoDiffAE.Tests.Facade.Exchange;

/// <summary>A message of Protocol Buffers, read by the rules of its wire format alone: each field's values in their order.</summary>
internal sealed class WireMessage
{
    private readonly ILookup<int, (ulong Number, byte[] Bytes)> _fields;

    public WireMessage(byte[] bytes) => _fields = Fields(bytes).ToLookup(f => f.Field, f => (f.Number, f.Bytes));

    public IEnumerable<int> Known => _fields.Select(f => f.Key).Order();

    public IEnumerable<WireMessage> Messages(int field) => _fields[field].Select(f => new WireMessage(f.Bytes));

    public WireMessage Message(int field) => Messages(field).Single();

    public string[] Texts(int field) => [.. _fields[field].Select(f => Encoding.UTF8.GetString(f.Bytes))];

    public string Text(int field) => Texts(field).Single();

    public byte[] Bytes(int field) => _fields[field].Single().Bytes;

    public long[] Numbers(int field) => [.. _fields[field].Select(f => (long)f.Number)];

    public long Number(int field) => Numbers(field).Single();

    public bool Has(int field) => _fields.Contains(field);

    private static IEnumerable<(int Field, ulong Number, byte[] Bytes)> Fields(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var tag = Varint(bytes, ref at);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return (field, Varint(bytes, ref at), []);
                    break;
                case 2:
                    var length = (int)Varint(bytes, ref at);
                    yield return (field, 0, bytes[at..(at + length)]);
                    at += length;
                    break;
                case 5:
                    yield return (field, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)), []);
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7} at byte {at}");
            }
        }
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var b = bytes[at++];
            value |= (ulong)(b & 127) << shift;
            if (b < 128) return value;
        }
    }
}
