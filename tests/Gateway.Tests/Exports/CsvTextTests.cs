using CsCheck;
using EvCharge.Gateway.Exports;

namespace EvCharge.GatewayTests.Exports;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tcmd", "'\tcmd")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("'quoted", "''quoted")]
    public void A_cell_is_never_a_formula(string text, string cell) => Assert.Equal(cell, CsvText.Write(text));

    [Fact]
    public void Whatever_is_written_is_read_again() =>
        Gen.Char["=+-@'\",;\r\n\t aZ"].Array[0, 12].Array[2, 5].Sample(cells =>
        {
            string[] row = [.. cells.Select(characters => new string(characters))];
            var reader = new CsvReader(new StringReader("a,b\r\n" + string.Join(',', row.Select(CsvText.Write)) + "\r\n"), 100);
            Assert.Equal(["a", "b"], reader.Header());
            Assert.Equal(row.Length, reader.Next()!.Count);

            var again = new CsvReader(new StringReader("a,b\n" + string.Join(',', row.Select(CsvText.Write))), 100);
            again.Header();
            Assert.Equal(row, again.Next()!.Select(CsvText.Unguard));
            Assert.Null(again.Next());
        });

    [Fact]
    public void A_table_with_semicolons_and_a_mark_of_its_encoding_is_read_too()
    {
        var reader = new CsvReader(new StringReader("a;b\n\n\"1;2\";3,4\r\n"), 100);
        Assert.Equal(["a", "b"], reader.Header());
        Assert.Equal(["1;2", "3,4"], reader.Next());
        Assert.Equal(3, reader.Line);
        Assert.Null(reader.Next());
    }

    [Theory]
    [InlineData("\"open")]
    [InlineData("\"closed\"x")]
    [InlineData("12345678901")]
    public void What_is_no_cell_is_refused(string text) =>
        Assert.Throws<FormatException>(() => new CsvReader(new StringReader(text), 10).Next());
}
