using System.Text;
using EvCharge.Gateway.Frames;

namespace EvCharge.GatewayTests.Frames;

public sealed class FrameMaskTests
{
    [Theory]
    [InlineData("ChangeConfiguration", """[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"SECRET"}]""", """[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"***"}]""")]
    [InlineData("ChangeConfiguration", """[2,"1","ChangeConfiguration",{"value":"SECRET","key":" AUTHORIZATIONKEY"}]""", """[2,"1","ChangeConfiguration",{"value":"***","key":" AUTHORIZATIONKEY"}]""")]
    [InlineData("GetConfiguration", """[3,"1",{"configurationKey":[{"key":"Authorization\u004bey","value":"SECRET"}]}]""", """[3,"1",{"configurationKey":[{"key":"AuthorizationKey","value":"***"}]}]""")]
    [InlineData("", """[3,"1",{"configurationKey":[{"key":"authorizationKey","value":"SECRET"},]}]""", """[3,"1",{"configurationKey":[{"key":"authorizationKey","value":"***"}]}]""")]
    [InlineData("", """[3,"1",{"configurationKey":[{"key":"Authorization\u004bey","value":"SECRET"}]}]""", """[3,"1",{"configurationKey":[{"key":"AuthorizationKey","value":"***"}]}]""")]
    [InlineData("GetDiagnostics", """[2,"1","GetDiagnostics",{"location":"https://cs.example/files/default/0123456789012345678901234567890123456789abc/"}]""", """[2,"1","GetDiagnostics",{"location":"https://cs.example/files/default/***/"}]""")]
    [InlineData("UpdateFirmware", """[2,"1","UpdateFirmware",{"location":"https://cs.example/files/a-1/0123456789012345678901234567890123456789a_-/f.bin"}]""", """[2,"1","UpdateFirmware",{"location":"https://cs.example/files/a-1/***/f.bin"}]""")]
    [InlineData("", """[3,"1",{"key":"AuthorizationKey","value":"SECRET" """, "***")]
    [InlineData("", """[3,"1",{"key":"AuthorizationKey","value":"SECRET","value":"SECRET"}]""", "***")]
    public void Secrets_are_masked(string action, string text, string logged)
    {
        var (shown, masked) = FrameMask.Of(action, Encoding.UTF8.GetBytes(text));

        Assert.Equal((logged, true), (Encoding.UTF8.GetString(shown.Span), masked));
    }

    [Theory]
    [InlineData("ChangeConfiguration", """[2,"1","ChangeConfiguration",{"key" :"HeartbeatInterval","value":"5"}]""")]
    [InlineData("GetConfiguration", """[2,"1","GetConfiguration",{"key":["AuthorizationKey"] }]""")]
    [InlineData("DataTransfer", """[2,"1","DataTransfer",{"data":"an Authorization, Key"}]""")]
    [InlineData("UpdateFirmware", """[2,"1","UpdateFirmware",{"location" :"https://elsewhere.example/f.bin"}]""")]
    [InlineData("", "[2,\"1\",")]
    [InlineData("", """[3,"1",{"data":"caf\u00e9" }]""")]
    public void Everything_else_stays_byte_by_byte(string action, string text)
    {
        var (shown, masked) = FrameMask.Of(action, Encoding.UTF8.GetBytes(text));

        Assert.Equal((text, false), (Encoding.UTF8.GetString(shown.Span), masked));
    }
}
