namespace EvCharge.HouseTests.Docs;

/// <summary>What attackers try and broken peers do has a test here, marked with its name.</summary>
public sealed class AttackTests
{
    private static readonly IReadOnlyList<SourceText> Tests = Repository.CSharp("tests");

    [Theory]
    [InlineData("duplicate-identity")]
    [InlineData("missing-authentication")]
    [InlineData("brute-force")]
    [InlineData("wrong-certificate")]
    [InlineData("log-injection")]
    [InlineData("compression-bomb")]
    [InlineData("boot-storm")]
    [InlineData("reused-session")]
    [InlineData("oversize-message")]
    [InlineData("slow-peer")]
    [InlineData("deep-json")]
    [InlineData("invalid-utf8")]
    [InlineData("broken-framing")]
    [InlineData("unreadable-message")]
    [InlineData("invalid-payload")]
    [InlineData("replayed-message")]
    [InlineData("unsolicited-answer")]
    [InlineData("second-call")]
    [InlineData("foreign-transaction")]
    [InlineData("absurd-meter")]
    [InlineData("sql-injection")]
    [InlineData("stored-markup")]
    [InlineData("formula-injection")]
    [InlineData("request-forgery")]
    [InlineData("foreign-tenant")]
    [InlineData("role-bypass")]
    [InlineData("leaked-secret")]
    [InlineData("odd-path")]
    [InlineData("cross-site")]
    [InlineData("flood")]
    [InlineData("reset-after-upgrade")]
    public void An_attack_has_its_test(string attack)
    {
        var mark = $"[Trait(\"attack\", \"{attack}\")]";
        Assert.Contains(Tests, source => source.Text.Contains(mark, StringComparison.Ordinal));
    }
}
