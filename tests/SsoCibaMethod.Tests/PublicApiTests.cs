using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace SsoCibaMethod.Tests;

/// <summary>The public surface is a text that is checked in: a change of it is seen in review. To accept one, copy the text the failure names.</summary>
public class PublicApiTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Theory]
    [InlineData(typeof(Client.CibaClient))]
    [InlineData(typeof(CibaHandler))]
    [InlineData(typeof(PostgreSqlStoreOptions))]
    public void The_public_surface_is_the_one_that_was_agreed(Type member)
    {
        var assembly = member.Assembly;
        var name = assembly.GetName().Name!;
        var agreed = Path.Combine(Repository.Root, "src", name, "PublicApi.txt");
        var surface = Surface(assembly);

        if (!File.Exists(agreed) || File.ReadAllText(agreed).ReplaceLineEndings("\n") != surface)
        {
            var actual = Path.Combine(Path.GetTempPath(), $"{name}.PublicApi.txt");
            File.WriteAllText(actual, surface);
            Assert.Fail($"The public surface of {name} has changed. If that is meant: cp {actual} src/{name}/PublicApi.txt");
        }
    }

    [Theory]
    [InlineData(typeof(Client.CibaClient))]
    [InlineData(typeof(CibaHandler))]
    [InlineData(typeof(PostgreSqlStoreOptions))]
    public void Asynchronous_methods_end_in_Async_and_take_a_cancellation_token_last(Type member)
    {
        var methods = Types(member.Assembly).Where(type => !typeof(CibaEvents).IsAssignableFrom(type) && type != typeof(CibaHandler))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal));

        Assert.All(methods, method =>
        {
            Assert.EndsWith("Async", method.Name, StringComparison.Ordinal);
            Assert.Equal(typeof(CancellationToken), method.GetParameters()[^1].ParameterType);
        });
    }

    // The page's components must be public for Razor; they are no interface.
    private static IEnumerable<Type> Types(Assembly assembly) =>
        assembly.GetExportedTypes().Where(type => !typeof(ComponentBase).IsAssignableFrom(type) && type.Name != "_Imports").OrderBy(type => type.FullName, StringComparer.Ordinal);

    private static string Surface(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in Types(assembly))
        {
            var above = (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(Enum) && parent != typeof(ValueType) ? [parent] : Array.Empty<Type>())
                .Concat(type.GetInterfaces().Where(one => !one.Name.StartsWith("IEquatable", StringComparison.Ordinal) && type.BaseType?.GetInterfaces().Contains(one) != true));
            _ = text.Append(Kind(type)).Append(' ').Append(type.Namespace).Append('.').Append(Name(type));
            _ = text.Append(type.IsEnum || !above.Any() ? "" : " : " + string.Join(", ", above.Select(Name))).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
            {
                _ = text.Append("  ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsSealed: true } => "sealed class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(All).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !member.Name.StartsWith('<')))
        {
            switch (member)
            {
                case ConstructorInfo constructor when IsVisible(constructor):
                    yield return $"new({Parameters(constructor)})";
                    break;
                case MethodInfo method when IsVisible(method) && !method.IsSpecialName:
                    yield return $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)})";
                    break;
                case PropertyInfo property when property.Name != "EqualityContract" && property.GetAccessors(nonPublic: true).Any(IsVisible):
                    var nullable = Nullability.Create(property).ReadState == NullabilityState.Nullable && !property.PropertyType.IsValueType ? "?" : "";
                    yield return $"{Name(property.PropertyType)}{nullable} {property.Name} {{ {string.Join("; ", property.GetAccessors(nonPublic: true).Where(IsVisible).Select(Accessor))}; }}";
                    break;
                case FieldInfo { IsPublic: true, IsSpecialName: false } field:
                    yield return type.IsEnum ? field.Name : $"{(field.IsLiteral ? "const " : "")}{Name(field.FieldType)} {field.Name}";
                    break;
            }
        }
    }

    private static string Accessor(MethodInfo accessor) =>
        accessor.ReturnType != typeof(void) ? "get" : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : "set";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)}{(Nullability.Create(parameter).ReadState == NullabilityState.Nullable && !parameter.ParameterType.IsValueType ? "?" : "")} {parameter.Name}{(parameter.HasDefaultValue ? " = default" : "")}"));

    private static string Name(Type type)
    {
        var owner = type.DeclaringType is { } declaring && !type.IsGenericParameter ? Name(declaring) + "." : "";
        return Nullable.GetUnderlyingType(type) is { } value ? Name(value) + "?"
            : type.IsGenericType ? $"{owner}{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : owner + type.Name;
    }
}
