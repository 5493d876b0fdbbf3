using System.Globalization;

namespace EvCharge.Gateway.Exports;

/// <summary>The parts of a workbook around its rows (ECMA-376 part 1 §12, §18).</summary>
internal static class XlsxParts
{
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public static ReadOnlySpan<byte> SheetStart =>
        """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"""u8;

    public static ReadOnlySpan<byte> SheetEnd => "</sheetData></worksheet>"u8;

    /// <summary>Style 1 shows a number of days as date and time to the second.</summary>
    private const string Styles =
        $"""
        {Declaration}<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>
        """;

    private const string Root =
        $"""{Declaration}<Relationships xmlns="{PackageRelationships}"><Relationship Id="rId1" Type="{Relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>""";

    /// <param name="number">From 1.</param>
    public static string Sheet(int number) => string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{number}.xml");

    /// <summary>Names and contents of all parts but the sheets.</summary>
    public static IEnumerable<(string Name, string Content)> Of(int sheets)
    {
        var numbers = Enumerable.Range(1, sheets).ToArray();
        yield return ("xl/styles.xml", Styles);
        yield return ("xl/workbook.xml",
            $"""{Declaration}<workbook xmlns="{Main}" xmlns:r="{Relationships}"><sheets>{string.Concat(numbers.Select(number => $"""<sheet name="{number}" sheetId="{number}" r:id="rId{number}"/>"""))}</sheets></workbook>""");
        yield return ("xl/_rels/workbook.xml.rels",
            $"""{Declaration}<Relationships xmlns="{PackageRelationships}">{string.Concat(numbers.Select(number => $"""<Relationship Id="rId{number}" Type="{Relationships}/worksheet" Target="worksheets/sheet{number}.xml"/>"""))}<Relationship Id="rId{sheets + 1}" Type="{Relationships}/styles" Target="styles.xml"/></Relationships>""");
        yield return ("_rels/.rels", Root);
        yield return ("[Content_Types].xml",
            $"""{Declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{ContentType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{ContentType}.styles+xml"/>{string.Concat(numbers.Select(number => $"""<Override PartName="/{Sheet(number)}" ContentType="{ContentType}.worksheet+xml"/>"""))}</Types>""");
    }
}
