using Microsoft.AspNetCore.Routing;
namespace SsoCibaMethod.Simulator.Phone;
internal static class PhoneEndpoints { public static void Map(RouteGroupBuilder group) { } }
internal sealed class PhoneRenderer;
