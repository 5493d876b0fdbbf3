using System.Reflection;

namespace EvCharge.Micro;

/// <summary>An object of an interface whose methods all go to one function, so that a benchmark measures what calls it.</summary>
public class Answering : DispatchProxy
{
    private Func<string, object?> _answer = _ => null;

    /// <param name="answer">By the name of the method.</param>
    public static T As<T>(Func<string, object?> answer)
        where T : class
    {
        var proxy = Create<T, Answering>();
        ((Answering)(object)proxy)._answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!.Name);
}
