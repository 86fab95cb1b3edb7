using System.Collections.Immutable;
using Spectre.Console;

namespace AutoDiffAE.Cli;

/// <summary>Rows under headings: drawn on a terminal that is wide enough, and elsewhere text in aligned columns.</summary>
/// <param name="Columns">The headings; one that begins with a space is a number's and stands to the right.</param>
/// <param name="Totals">A last row, set apart.</param>
internal sealed record Table(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows, ImmutableArray<string> Totals)
{
    private const int Margin = 4;

    public void Write(Context context)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Output) });
        var lines = Lines().ToList();
        if (context.Interactive && lines.Max(l => l.Length) + Columns.Length + Margin <= console.Profile.Width) Draw(console);
        else
            foreach (var line in lines) context.Output.WriteLine(line);
    }

    /// <summary>The heading, the rows and the totals as text.</summary>
    public IEnumerable<string> Lines()
    {
        ImmutableArray<ImmutableArray<string>> all = [[.. Columns.Select(c => c.TrimStart())], .. Rows, Totals];
        var widths = Columns.Select((_, i) => all.Max(row => row[i].Length)).ToArray();
        return all.Select(row => string.Join("  ", row.Select((cell, i) => Numeric(i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }

    private bool Numeric(int column) => Columns[column].StartsWith(' ');

    private void Draw(IAnsiConsole console)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Simple };
        for (var i = 0; i < Columns.Length; i++)
            table.AddColumn(new TableColumn(Markup.Escape(Columns[i].TrimStart()))
            {
                Alignment = Numeric(i) ? Justify.Right : Justify.Left,
                Footer = new Markup(Markup.Escape(Totals[i])),
                NoWrap = true,
            });
        foreach (var row in Rows) table.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(table);
    }
}
