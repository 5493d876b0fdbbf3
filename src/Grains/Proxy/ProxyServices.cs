using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using EvCharge.History.Proxy;
using EvCharge.History.Secrets;
using EvCharge.Outgoing;
using Microsoft.Extensions.Options;

namespace EvCharge.Grains.Proxy;

/// <summary>What a link needs beside its grain.</summary>
internal sealed class ProxyServices(
    ConfigurationStore configuration, ProxyLog log, ChargerLog chargers, SecretVault secrets, OutgoingHttp http,
    ProxyInstruments instruments, IOptions<ProxyOptions> options, TimeProvider time)
{
    public ConfigurationStore Configuration => configuration;

    public ProxyLog Log => log;

    public ChargerLog Chargers => chargers;

    public SecretVault Secrets => secrets;

    public OutgoingHttp Http => http;

    public ProxyInstruments Instruments => instruments;

    public ProxyOptions Options => options.Value;

    public TimeProvider Time => time;
}
