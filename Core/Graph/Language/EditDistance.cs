namespace AutoDiffAE.Graph.Language;

/// <summary>How many letters must be put in, left out or exchanged to make one word of another (V. Levenshtein, 1966).</summary>
internal static class EditDistance
{
    public static int Of(string a, string b)
    {
        // Row i holds the distances between the first i letters of a and each beginning of b.
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        foreach (var letter in a)
        {
            var before = row[0]++;
            for (var j = 1; j <= b.Length; j++)
                (before, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, before + (letter == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
