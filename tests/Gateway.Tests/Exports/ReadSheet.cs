using System.IO.Compression;
using System.Xml.Linq;

namespace EvCharge.GatewayTests.Exports;

/// <summary>A workbook as a spreadsheet program reads it: by the parts that its relationships name.</summary>
internal static class ReadSheet
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Package = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>The rows of each sheet; a cell is its type (inlineStr, b, n, date) and its text.</summary>
    public static List<List<(string Type, string Text)[]>> Sheets(byte[] workbook)
    {
        using var archive = new ZipArchive(new MemoryStream(workbook));
        var targets = Part(archive, "xl/_rels/workbook.xml.rels").Elements(Package + "Relationship")
            .ToDictionary(each => each.Attribute("Id")!.Value, each => "xl/" + each.Attribute("Target")!.Value);
        var declared = Part(archive, "[Content_Types].xml").Elements().Select(each => each.Attribute("PartName")?.Value).ToList();
        return [.. Part(archive, "xl/workbook.xml").Descendants(Main + "sheet")
            .Select(sheet => targets[sheet.Attribute(Relationships + "id")!.Value])
            .Select(part =>
            {
                Assert.Contains("/" + part, declared);
                return Part(archive, part).Descendants(Main + "row").Select(Cells).ToList();
            })];
    }

    private static (string Type, string Text)[] Cells(XElement row) =>
        [.. row.Elements(Main + "c").Select(cell => (
            cell.Attribute("t")?.Value ?? (cell.Attribute("s")?.Value == "1" ? "date" : cell.IsEmpty ? "" : "n"), cell.Value))];

    private static XElement Part(ZipArchive archive, string name)
    {
        using var content = archive.GetEntry(name)!.Open();
        return XElement.Load(content, LoadOptions.PreserveWhitespace);
    }
}
