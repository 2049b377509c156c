using System.Reflection;
using System.Runtime.CompilerServices;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What a reader of the public surface may count on.</summary>
public sealed class ConventionTests
{
    private static readonly Assembly Client = typeof(CibaClient).Assembly;

    private static readonly IReadOnlyList<MethodInfo> Asynchronous =
    [
        .. Client.GetTypes()
            .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal) && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null),
    ];

    [Fact]
    public void Every_public_type_is_closed() =>
        Assert.DoesNotContain(Client.GetExportedTypes(), type => type is { IsSealed: false, IsAbstract: false, IsEnum: false, IsValueType: false });

    [Fact]
    public void Every_public_abstract_class_has_its_cases_here_alone() => Assert.All(
        Client.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: false }),
        type => Assert.DoesNotContain(type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), constructor =>
            (constructor.IsPublic || constructor.IsFamily) && !(constructor.GetParameters() is [{ } copied] && copied.ParameterType == type)));

    [Fact]
    public void Every_public_asynchronous_method_takes_a_cancellation_token_last()
    {
        var open = Asynchronous.Where(method => method.IsPublic && method.DeclaringType!.IsVisible).ToList();

        Assert.NotEmpty(open);
        Assert.All(open, method =>
        {
            Assert.True(method.GetParameters() is [.., { } last] && last.ParameterType == typeof(CancellationToken) && last.IsOptional, $"{method.DeclaringType}.{method.Name}");
        });
    }

    [Fact]
    public void Every_method_named_Async_is_asynchronous_and_none_is_void() =>
        Assert.All(Asynchronous, method => Assert.Contains("Task", method.ReturnType.Name, StringComparison.Ordinal));

    [Fact]
    public void The_client_knows_no_ASP_NET_Core() =>
        Assert.DoesNotContain(Client.GetReferencedAssemblies(), reference => reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
}
