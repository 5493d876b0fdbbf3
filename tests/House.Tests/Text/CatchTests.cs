namespace EvCharge.HouseTests.Text;

public sealed class CatchTests
{
    [Fact]
    public void No_error_is_swallowed() => CatchRule.Check(Repository.CSharp("src", "tools", "tests", "bench")).AreNone();

    [Theory]
    [InlineData("catch { }")]
    [InlineData("catch (Exception) { }")]
    [InlineData("catch (Exception e) { /* says nothing */ }")]
    [InlineData("catch (System.Exception) {\n// a reason does not help here\n}")]
    [InlineData("catch (IOException) { }")]
    public void An_empty_catch_is_found(string clause) => Assert.Single(Check(clause));

    [Theory]
    [InlineData("catch (Exception e) { Log(e); }")]
    [InlineData("catch (OperationCanceledException) {\n// the socket closed while the frame was waited for\n}")]
    public void A_catch_that_acts_or_says_why_not_is_fine(string clause) => Assert.Empty(Check(clause));

    private static IEnumerable<Finding> Check(string clause) =>
        CatchRule.Check([new("src/Sample.cs", $"class Sample {{ void F() {{ try {{ G(); }} {clause} }} }}")]);
}
