namespace EvCharge.HouseTests.Text;

public sealed class UnfinishedTests
{
    [Fact]
    public void Nothing_in_the_product_is_left_undone() =>
        UnfinishedRule.Check([.. Repository.CSharp("src", "tools"), .. Repository.Files("src", ".ts", ".tsx", ".js", ".sql")]).AreNone();

    [Theory]
    [InlineData("// TODO later")]
    [InlineData("// FIXME")]
    [InlineData("/* HACK */")]
    [InlineData("int F() => throw new NotImplementedException();")]
    [InlineData("int F() => throw new NotSupportedException();")]
    [InlineData("#region Fields")]
    public void A_mark_is_found_where_it_stands(string line)
    {
        var found = Assert.Single(UnfinishedRule.Check([new("src/Domain/Sample.cs", "class Sample {\n" + line + "\n}")]));

        Assert.Equal(2, found.Line);
    }

    [Fact]
    public void A_refusal_with_a_reason_is_no_mark() =>
        UnfinishedRule.Check([new("a.cs", "throw new NotSupportedException($\"no engine {name}\"); // hackney, todos")]).AreNone();

    [Fact]
    public void A_stream_that_cannot_seek_is_no_stub() =>
        UnfinishedRule.Check([new("a.cs", "class A : Stream { long Length => throw new NotSupportedException(); }")]).AreNone();
}
