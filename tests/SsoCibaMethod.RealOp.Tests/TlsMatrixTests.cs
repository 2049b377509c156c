namespace SsoCibaMethod.RealOp.Tests;

[Collection(nameof(TlsRun))]
public sealed class TlsMatrixTests(TlsRun run)
{
    public static TheoryData<string, string> Matrix
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var authentication in TlsMatrix.Authentications)
            {
                foreach (var mode in TlsMatrix.Modes)
                {
                    all.Add(authentication, mode);
                }
            }

            return all;
        }
    }

    [RealOpTheory]
    [MemberData(nameof(Matrix))]
    public void SignsItsUserIn(string authentication, string mode)
    {
        var login = run.Login($"{authentication}-{mode}");
        Assert.Equal(login.Method.User, login.User!.Principal!.FindFirst("sub")?.Value);
    }
}
