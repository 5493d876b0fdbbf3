namespace EvCharge.HouseTests.Contracts;

public sealed class SerializedFormTests
{
    private const string Committed = "src/Contracts/SerializedTypes.txt";

    [Fact]
    public void Serialized_types_are_those_of_the_committed_file()
    {
        var now = SerializedForm.Render(Repository.CSharp("src"));
        var file = Path.Combine(Repository.Root, Committed);
        var known = File.Exists(file) ? File.ReadAllText(file) : "";
        if (now == known)
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts"));
        File.WriteAllText(Path.Combine(Repository.Root, "artifacts", "SerializedTypes.txt"), now);
        Assert.Fail($"The serialized form changed. Compare, and if old silos can live with it: cp artifacts/SerializedTypes.txt {Committed}");
    }

    [Fact]
    public void Members_stand_by_number_and_enums_by_value()
    {
        var form = SerializedForm.Render(
        [
            new("b.cs", """[GenerateSerializer, Alias("b")] record B([property: Id(1)] string Y, [property: Id(0)] int X) : A, IEquatable<B>;"""),
            new("a.cs", """[GenerateSerializer, Alias("a")] enum A { X, Y = 5, Z }"""),
        ]);

        Assert.Equal(SerializedForm.Header + "\na\n  X = 0\n  Y = 5\n  Z = 6\n\nb : A\n  0 int\n  1 string\n", form);
    }

    [Theory]
    [InlineData("[property: Id(0)] long X, [property: Id(1)] string Y")]
    [InlineData("[property: Id(1)] int X, [property: Id(0)] string Y")]
    [InlineData("[property: Id(0)] int X")]
    public void A_change_of_type_number_or_count_changes_the_form(string members) =>
        Assert.NotEqual(Form("[property: Id(0)] int X, [property: Id(1)] string Y"), Form(members));

    [Fact]
    public void A_new_name_for_a_member_does_not() =>
        Assert.Equal(Form("[property: Id(0)] int X"), Form("[property: Id(0)] int Count"));

    private static string Form(string members) =>
        SerializedForm.Render([new("a.cs", $"[GenerateSerializer, Alias(\"a\")] record A({members});")]);
}
