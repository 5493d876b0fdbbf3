using System.Net;
using System.Net.WebSockets;
using System.Text;
using EvCharge.Domain.Identity;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;
using EvCharge.History.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Security;

public sealed class PasswordRotationTests(GatewayHost host)
{
    private const string Old = "the-old-password";
    private const string New = "0123456789ABCDEF0123456789ABCDEF01234567";

    [Fact]
    public async Task The_old_password_holds_until_the_charger_comes_back_with_the_new_one()
    {
        var name = await NewCharger(Old);
        await using (var charger = await WireCharger.Connect(host.Address, name, Old))
        {
            Assert.Equal("Accepted", await Change(charger, name, New, "Accepted"));
        }

        Assert.True(await Pending(name));
        await using (await WireCharger.Connect(host.Address, name, Old))
        {
            Assert.True(await Pending(name));
        }

        await using (await WireCharger.Connect(host.Address, name, New))
        {
            Assert.False(await Pending(name));
        }

        await Assert.ThrowsAsync<WebSocketException>(() => WireCharger.Connect(host.Address, name, "another-password"));
        await Ocpp.Eventually.Holds(async () => !await GetsIn(name, Old));
        Assert.True(await GetsIn(name, New));
        Assert.Contains("password-changed", (await host.Administrator.Get($"/api/v1/events?charger={name}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Rejected")]
    [InlineData("NotSupported")]
    public async Task A_password_that_the_charger_does_not_take_never_holds(string status)
    {
        var name = await NewCharger(Old);
        await using (var charger = await WireCharger.Connect(host.Address, name, Old))
        {
            Assert.Equal(status, await Change(charger, name, New, status));
        }

        Assert.False(await Pending(name));
        Assert.False(await GetsIn(name, New));
        Assert.True(await GetsIn(name, Old));
    }

    [Fact]
    public async Task An_answer_whose_status_is_no_word_is_none_to_go_by()
    {
        var name = await NewCharger(Old);
        await using var charger = await WireCharger.Connect(host.Address, name, Old);
        var changed = host.Administrator.Post($"/api/v1/chargers/{name}/calls/ChangeConfiguration", new { key = "AuthorizationKey", value = New });
        await charger.Answer((await charger.NextCall()).Id, """{"status":5}""");

        (await changed).Expect(HttpStatusCode.OK);
        Assert.False(await Pending(name));
    }

    [Fact]
    public async Task A_password_that_cannot_be_sent_or_be_one_never_holds()
    {
        var name = await NewCharger(Old);
        var path = $"/api/v1/chargers/{name}/calls/ChangeConfiguration";

        (await host.Administrator.Post(path, new { key = "AuthorizationKey", value = New })).Expect(HttpStatusCode.Conflict);
        (await host.Administrator.Post(path, new { key = "authorizationkey", value = "short" })).ExpectField(HttpStatusCode.UnprocessableEntity, "value");

        Assert.False(await Pending(name));
        Assert.False(await GetsIn(name, New));
    }

    [Fact]
    public async Task A_new_password_by_itself_is_seen_by_the_charger_alone()
    {
        var name = await NewCharger(Old);
        await using var charger = await WireCharger.Connect(host.Address, name, Old);
        var rotation = host.Administrator.Post($"/api/v1/chargers/{name}/password-rotation", new { });
        var call = await charger.NextCall();
        var password = call.Payload.GetProperty("value").GetString()!;
        await charger.Answer(call.Id, """{"status":"Accepted"}""");
        var answer = (await rotation).Expect(HttpStatusCode.OK);

        Assert.Equal(40, password.Length);
        var command = await host.Services.GetRequiredService<TransactionQueries>()
            .Command(SiteScope.All(TenantId.Default), answer.Body.GetProperty("commandId").GetInt64());
        Assert.Equal("""{"key":"AuthorizationKey","value":"***"}""", Encoding.UTF8.GetString(command!.Payload.Span));
        Assert.DoesNotContain(password, (await host.Administrator.Get($"/api/v1/audit?action=rotatePassword")).Text + answer.Text, StringComparison.Ordinal);
        Assert.True(await GetsIn(name, password));
    }

    [Fact]
    public async Task Of_two_that_are_given_one_after_the_other_the_charger_gets_in_with_whichever_it_took_last()
    {
        const string second = "FEDCBA9876543210FEDCBA9876543210FEDCBA98";
        var name = await NewCharger(Old);
        await using (var charger = await WireCharger.Connect(host.Address, name, Old))
        {
            await Change(charger, name, New, "Accepted");
            await Change(charger, name, second, "Rejected");
        }

        Assert.True(await Pending(name));
        Assert.False(await GetsIn(name, second));
        await using (var charger = await WireCharger.Connect(host.Address, name, New))
        {
            await Change(charger, name, "a-third-password", "Accepted");
            await Change(charger, name, second, "Accepted");
        }

        Assert.True(await GetsIn(name, second));
        Assert.False(await Pending(name));
        await Ocpp.Eventually.Holds(async () => !await GetsIn(name, New));
        Assert.False(await GetsIn(name, "a-third-password"));
    }

    [Fact]
    public async Task A_rotation_that_is_asked_for_again_with_its_key_leaves_the_charger_its_way_in()
    {
        var name = await NewCharger(Old);
        await using var charger = await WireCharger.Connect(host.Address, name, Old);
        var keyed = host.Administrator.With("Idempotency-Key", host.Name("key"));
        var first = keyed.Post($"/api/v1/chargers/{name}/password-rotation", new { });
        var call = await charger.NextCall();
        await charger.Answer(call.Id, """{"status":"Accepted"}""");
        var answer = (await first).Expect(HttpStatusCode.OK);

        var again = (await keyed.Post($"/api/v1/chargers/{name}/password-rotation", new { })).Expect(HttpStatusCode.OK);

        Assert.Equal(answer.Body.GetProperty("commandId").GetInt64(), again.Body.GetProperty("commandId").GetInt64());
        Assert.True(await GetsIn(name, call.Payload.GetProperty("value").GetString()!));
    }

    [Fact]
    public async Task More_than_a_few_are_not_under_way_until_one_is_set_by_hand()
    {
        var name = await NewCharger(Old);
        var path = $"/api/v1/chargers/{name}/calls/ChangeConfiguration?async=true";
        for (var turn = 0; turn < 4; turn++)
        {
            (await host.Administrator.Post(path, new { key = "AuthorizationKey", value = $"password-{turn}" })).Expect(HttpStatusCode.Accepted);
        }

        Assert.Equal("passwords-pending", (await host.Administrator.Post(path, new { key = "AuthorizationKey", value = New })).Expect(HttpStatusCode.Conflict).Code);
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { password = "set-by-hand" })).Expect(HttpStatusCode.OK);
        (await host.Administrator.Post(path, new { key = "AuthorizationKey", value = New })).Expect(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_charger_without_a_password_needs_the_one_that_it_came_back_with()
    {
        var name = await NewCharger(null);
        await using (var charger = await WireCharger.Connect(host.Address, name))
        {
            await Change(charger, name, New, "Accepted");
        }

        Assert.True(await GetsIn(name, null));
        Assert.True(await GetsIn(name, New));

        await Ocpp.Eventually.Holds(async () => !await GetsIn(name, null));
        var shown = (await host.Administrator.Get($"/api/v1/chargers/{name}")).Body;
        Assert.Equal(1, shown.GetProperty("securityProfile").GetInt32());
    }

    [Fact]
    public async Task A_password_set_by_hand_voids_the_one_that_was_given_before()
    {
        var name = await NewCharger(Old);
        await using (var charger = await WireCharger.Connect(host.Address, name, Old))
        {
            await Change(charger, name, New, "Accepted");
        }

        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { password = "set-by-hand" })).Expect(HttpStatusCode.OK);

        Assert.False(await Pending(name));
        await Ocpp.Eventually.Holds(() => GetsIn(name, "set-by-hand"));
        Assert.False(await GetsIn(name, New));
    }

    [Fact]
    public async Task A_batch_gives_no_password() =>
        (await host.Administrator.Post("/api/v1/batches", new { action = "ChangeConfiguration", payload = new { key = "AuthorizationKey", value = New } }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "payload.key");

    private async Task<string?> Change(WireCharger charger, string name, string password, string status)
    {
        var changed = host.Administrator.Post($"/api/v1/chargers/{name}/calls/ChangeConfiguration", new { key = "AuthorizationKey", value = password });
        var call = await charger.NextCall();
        Assert.Equal(password, call.Payload.GetProperty("value").GetString());
        await charger.Answer(call.Id, $$"""{"status":"{{status}}"}""");
        return (await changed).Expect(HttpStatusCode.OK).Body.GetProperty("result").GetProperty("status").GetString();
    }

    private async Task<bool> Pending(string name) =>
        (await host.Administrator.Get($"/api/v1/chargers/{name}")).Expect(HttpStatusCode.OK).Body.GetProperty("passwordPending").GetBoolean();

    private async Task<bool> GetsIn(string name, string? password)
    {
        try
        {
            await using var socket = await WireCharger.Open(host.Address, $"/ocpp/{name}", password, "ocpp1.6");
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    private async Task<string> NewCharger(string? password)
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { password })).Expect(HttpStatusCode.Created);
        return name;
    }
}
