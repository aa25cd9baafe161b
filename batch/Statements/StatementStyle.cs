namespace ClickFuncs.Batch.Statements;

/// <summary>How the page looks, on a screen and on paper. Headers repeat on each sheet, and no line is cut in two.</summary>
internal static class StatementStyle
{
    public const string Css = """
        :root { color-scheme: light dark; }
        body { font: 15px/1.5 system-ui, sans-serif; margin: 0; }
        main { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; margin: 0 0 2rem; }
        .summary { width: auto; min-width: 24rem; }
        caption { text-align: left; font-weight: 600; padding: .25rem 0; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8886; overflow-wrap: anywhere; }
        tbody th { font-weight: 400; }
        tfoot th, tfoot td { font-weight: 600; border-top: 2px solid; border-bottom: 0; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
        footer { font-size: .85rem; overflow-wrap: anywhere; }
        @media print {
          @page { margin: 15mm; }
          :root { color-scheme: light; }
          body { font-size: 9pt; }
          main { max-width: none; margin: 0; padding: 0; }
          thead { display: table-header-group; }
          tfoot { display: table-row-group; }
          tr { break-inside: avoid; }
        }
        """;
}
