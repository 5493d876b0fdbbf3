using EvCharge.Domain.Models;
using EvCharge.Grains;
using EvCharge.Grains.Chargers;
using EvCharge.Grains.Models;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EvCharge.GrainsTests.Models;

[Trait("pain", "vendor-quirks")]
public sealed class ModelCatalogTests : IDisposable
{
    private static readonly ModelIdentity Wallbox = new("Wall Box Chargers", "CPB1-S-2-4", "6.7.38");
    private readonly string _folder = Directory.CreateTempSubdirectory("evcharge-models-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_shipped_file_can_be_read_and_names_where_it_was_read()
    {
        var entries = ModelCatalog.Read(null).Entries;

        Assert.True(entries.Count >= 7, $"{entries.Count} files");
        Assert.All(entries, entry => Assert.NotEmpty(entry.File.Source));
        Assert.All(entries, entry => Assert.NotEmpty(EffectiveProfile.Of([new ProfileLayer(entry.File, ProfileOrigin.Model)]).Origins));
    }

    [Fact]
    public void A_file_for_a_model_goes_over_one_for_its_vendor_and_those_of_the_operator_over_all()
    {
        Write("b.json", """{"vendor":"Wall Box*","settle":{"milliseconds":1},"ping":false}""");
        Write("a.json", """{"vendor":"Wall Box*","model":"CPB1*","settle":{"milliseconds":5}}""");

        var profile = Profile(Wallbox);

        Assert.Equal(new SettlePolicy(5, 30), profile.Values.Settle);
        Assert.False(profile.Values.Ping);
        Assert.Equal(["wallbox.json", "b.json", "a.json"], Models().FilesFor(Wallbox));
    }

    [Fact]
    public void A_file_of_the_operator_by_the_name_of_a_shipped_one_takes_its_place()
    {
        Write("wallbox.json", """{"vendor":"Wall Box Chargers"}""");

        Assert.Equal(new SettlePolicy(200, 3), Profile(Wallbox).Values.Settle);
    }

    [Fact]
    public void The_settings_of_a_charger_go_over_its_model()
    {
        var charger = new ChargerConfiguration("CP", "S1", 0, null, null, []) { TimeZone = "Europe/Paris" };

        var profile = Models().For(new ModelIdentity("Growatt", "THOR_11AS", ""), charger);

        Assert.Equal("Europe/Paris", profile.Values.TimeZone);
        Assert.Contains(new MemberOrigin("timeZone", ProfileOrigin.Setting, null), profile.Origins);
    }

    [Fact]
    public void What_was_learned_holds_where_the_model_says_nothing()
    {
        Write("example.json", """{"vendor":"Example","smartCharging":{"unit":"A"}}""");

        var profile = Models().For(new ModelIdentity("Example", "", ""), null, learned: new ChargingMode(Kind: "Relative", Unit: "W"));

        Assert.Equal(new ChargingMode(Kind: "Relative", Unit: "A"), profile.Values.SmartCharging);
        Assert.Contains(new MemberOrigin("smartCharging.kind", ProfileOrigin.Learned, null), profile.Origins);
        Assert.Contains(new MemberOrigin("smartCharging.unit", ProfileOrigin.Model, "example.json"), profile.Origins);
    }

    [Theory]
    [InlineData("not JSON", "cannot be read")]
    [InlineData("""{"vendor":"V","colour":"red"}""", "colour")]
    [InlineData("""{"vendor":"V","settle":{"minutes":1}}""", "minutes")]
    [InlineData("""{"vendor":"V","settle":null}""", "settle")]
    [InlineData("""{"vendor":"V","vendor":"W"}""", "vendor")]
    [InlineData("""{"ping":false}""", "vendor or model")]
    [InlineData("""{"vendor":"V*W"}""", "vendor must be")]
    [InlineData("""{"vendor":"V","settle":{"milliseconds":-1}}""", "settle.milliseconds must be 0 to 60000")]
    [InlineData("""{"vendor":"V","ping":"off"}""", "ping")]
    [InlineData("""{"vendor":"V","timeZone":"Berlin"}""", "timeZone must be")]
    [InlineData("""{"vendor":"V","meterValues":{"unit":"MWh"}}""", "meterValues.unit must be one of Wh, kWh")]
    [InlineData("""{"vendor":"V","featureProfiles":["Smart"]}""", "featureProfiles must be one of")]
    [InlineData("""{"vendor":"V","smartCharging":{"purpose":"Tx"}}""", "smartCharging.purpose must be one of")]
    [InlineData("""{"vendor":"V","smartCharging":{"step":0}}""", "smartCharging.step must be")]
    [InlineData("""{"vendor":"V","source":["an issue"]}""", "source must be")]
    public void What_makes_no_sense_refuses_the_start_with_the_file_and_the_member(string content, string told)
    {
        Write("mine.json", content);

        var refused = Assert.Throws<OptionsValidationException>(Start);

        Assert.StartsWith("mine.json: ", Assert.Single(refused.Failures), StringComparison.Ordinal);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_for_the_same_chargers_refuse_the_start()
    {
        Write("one.json", """{"vendor":"V","model":"M*"}""");
        Write("two.json", """{"vendor":"v","model":"m*"}""");

        Assert.Contains("those of two.json", Assert.Throws<OptionsValidationException>(Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_refuses_the_start()
    {
        Directory.Delete(_folder);

        Assert.StartsWith($"{_folder}: cannot be read", Assert.Throws<OptionsValidationException>(Start).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder);
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    private EffectiveProfile Profile(ModelIdentity charger) => Models().For(charger, null);

    private ChargerModels Models() => new(ModelCatalog.Read(_folder), Options.Create(new ChargerOptions()));

    private void Start()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("ChargerModels:Folder", _folder)]).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(settings).AddEvChargeGrains().BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}
