using System.Net;
using Backprop.Client.Errors;
using Backprop.Client.Learners;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

/// <summary>Two-factor sign-in: each code works once, and a token does not suffice to change the settings.</summary>
public sealed class TwoFactorTests : IClassFixture<LearnerFixture>
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private readonly LearnerFixture _api;

    public TwoFactorTests(LearnerFixture api)
    {
        _api = api;
        api.Clock.Stop();
    }

    [Fact]
    public async Task An_authenticator_app_can_be_asked_for()
    {
        (SignedIn learner, AuthenticatorApp app, IReadOnlyList<string> recovery) = await SwitchOnAsync();
        (await RefusalAsync(learner.Credentials)).ShouldContain("twoFactorCode");
        await RefusalAsync(learner.Credentials with { TwoFactorCode = "000000" });
        await _api.Api.SignInAsync(learner.Credentials with { TwoFactorRecoveryCode = recovery[0] });
        await RefusalAsync(learner.Credentials with { TwoFactorRecoveryCode = recovery[0] });
        learner.Tokens = await _api.Api.SignInAsync(learner.Credentials with { TwoFactorCode = app.Code });
        (await learner.Api.GetAccountAsync()).Email.ShouldBe(learner.Credentials.Email);
        (await learner.Api.SetUpTwoFactorAsync(new TwoFactorChange())).RecoveryCodesLeft.ShouldBe(9);
    }

    [Fact]
    public async Task A_code_works_once_and_so_do_those_before_it()
    {
        (SignedIn learner, AuthenticatorApp app, _) = await SwitchOnAsync();
        string before = app.Code;
        _api.Clock.Ahead += Step;
        string code = app.Code;
        await _api.Api.SignInAsync(learner.Credentials with { TwoFactorCode = code });
        (await RefusalAsync(learner.Credentials with { TwoFactorCode = code })).ShouldContain("used before");
        await RefusalAsync(learner.Credentials with { TwoFactorCode = before });
        _api.Clock.Ahead += Step;
        await _api.Api.SignInAsync(learner.Credentials with { TwoFactorCode = app.Code });
    }

    [Fact]
    public async Task Of_sign_ins_at_once_with_one_code_one_succeeds()
    {
        (SignedIn learner, AuthenticatorApp app, _) = await SwitchOnAsync();
        Credentials credentials = learner.Credentials with { TwoFactorCode = app.Code };
        Task<AccountTokens>[] all = [.. Enumerable.Range(0, 5).Select(_ => _api.Api.SignInAsync(credentials))];
        foreach (Task<AccountTokens> one in all)
        {
            await Task.WhenAny(one);
        }

        all.Count(one => one.IsCompletedSuccessfully).ShouldBe(1);
    }

    [Theory]
    [InlineData(false, null, null)]
    [InlineData(null, true, null)]
    [InlineData(null, null, true)]
    public async Task A_token_alone_neither_takes_the_second_factor_away_nor_learns_it(bool? enable, bool? resetSharedKey, bool? resetRecoveryCodes)
    {
        (SignedIn learner, AuthenticatorApp app, IReadOnlyList<string> recovery) = await SwitchOnAsync();
        learner.Tokens = await _api.Api.SignInAsync(learner.Credentials with { TwoFactorRecoveryCode = recovery[0] });
        TwoFactorState state = await learner.Api.SetUpTwoFactorAsync(new TwoFactorChange());
        state.SharedKey.ShouldBeNull();
        state.RecoveryCodes.ShouldBeNull();

        var change = new TwoFactorChange { Enable = enable, ResetSharedKey = resetSharedKey, ResetRecoveryCodes = resetRecoveryCodes };
        await RefusedAsync(learner.Api.SetUpTwoFactorAsync(change), HttpStatusCode.UnprocessableEntity);
        await RefusedAsync(learner.Api.SetUpTwoFactorAsync(change with { TwoFactorCode = "000000" }), HttpStatusCode.UnprocessableEntity);
        state = await learner.Api.SetUpTwoFactorAsync(change with { TwoFactorCode = app.Code });
        state.IsTwoFactorEnabled.ShouldBe(resetRecoveryCodes == true);
        (state.RecoveryCodes?.Count).ShouldBe(resetRecoveryCodes == true ? 10 : null);
    }

    [Fact]
    public async Task Codes_cannot_be_tried_out()
    {
        (SignedIn learner, _, IReadOnlyList<string> recovery) = await SwitchOnAsync();
        learner.Tokens = await _api.Api.SignInAsync(learner.Credentials with { TwoFactorRecoveryCode = recovery[0] });
        for (int i = 0; i < 5; i++)
        {
            await RefusedAsync(learner.Api.SetUpTwoFactorAsync(new TwoFactorChange { Enable = false, TwoFactorCode = $"00000{i}" }), HttpStatusCode.UnprocessableEntity);
        }

        await RefusedAsync(learner.Api.SetUpTwoFactorAsync(new TwoFactorChange { Enable = false, TwoFactorRecoveryCode = "AAAAA-AAAAA" }), HttpStatusCode.TooManyRequests);
        await RefusedAsync(_api.Api.SignInAsync(learner.Credentials with { TwoFactorCode = "000000" }), HttpStatusCode.TooManyRequests);
    }

    private async Task<(SignedIn Learner, AuthenticatorApp App, IReadOnlyList<string> Recovery)> SwitchOnAsync()
    {
        SignedIn learner = await _api.SignUpAsync();
        TwoFactorState state = await learner.Api.SetUpTwoFactorAsync(new TwoFactorChange());
        state.IsTwoFactorEnabled.ShouldBeFalse();
        var app = new AuthenticatorApp(state.SharedKey!, _api.Clock);
        learner.Tokens = await _api.Api.SignInAsync(learner.Credentials);
        state = await learner.Api.SetUpTwoFactorAsync(new TwoFactorChange { Enable = true, TwoFactorCode = app.Code });
        state.IsTwoFactorEnabled.ShouldBeTrue();

        // The code that enabled it is used up.
        _api.Clock.Ahead += Step + Step;
        return (learner, app, state.RecoveryCodes!);
    }

    private async Task<string> RefusalAsync(Credentials credentials) => await RefusedAsync(_api.Api.SignInAsync(credentials), HttpStatusCode.Unauthorized);

    private static async Task<string> RefusedAsync(Task request, HttpStatusCode status)
    {
        ApiException refusal = await Should.ThrowAsync<ApiException>(request);
        refusal.StatusCode.ShouldBe(status);
        return (await refusal.ProblemAsync())!.Detail!;
    }
}
