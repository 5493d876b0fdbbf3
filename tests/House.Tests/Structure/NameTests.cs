namespace EvCharge.HouseTests.Structure;

public sealed class NameTests
{
    [Fact]
    public void Types_and_folders_are_named_by_what_they_are() =>
        NameRule.Check(Repository.CSharp("src", "tools", "tests", "bench")).AreNone();

    [Theory]
    [InlineData("class ChargerManager;")]
    [InlineData("record BaseHandler;")]
    [InlineData("interface IHandlerBase;")]
    [InlineData("interface IBaseHandler;")]
    [InlineData("static class StringUtils;")]
    [InlineData("enum CommonStatus { A }")]
    public void An_empty_word_is_found(string code) => Assert.Single(NameRule.Check([new("src/Domain/Sample.cs", code)]));

    [Theory]
    [InlineData("class Database;")]
    [InlineData("class BaselineCurve;")]
    [InlineData("class CommonsLicence;")]
    public void A_telling_word_is_not(string code) => NameRule.Check([new("src/Domain/Sample.cs", code)]).AreNone();

    [Fact]
    public void An_empty_folder_name_is_found() =>
        Assert.Single(NameRule.Check([new("src/Grains/Common/Sample.cs", "class Sample;")]));
}
