using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Compute.Devices;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Errors;

public class BusyDatabaseTests
{
    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(19, false)]
    public void A_database_in_use_is_no_fault_of_the_service(int code, bool isBusy)
    {
        var stored = new InvalidOperationException("The row could not be stored.", new SqliteException("It failed.", code));
        Problem? problem = ExceptionProblems.From(stored, new DefaultHttpContext(), new BackpropLimits());
        (problem?.Status == StatusCodes.Status503ServiceUnavailable).ShouldBe(isBusy);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(13)]
    [InlineData(14)]
    public void A_database_that_takes_no_more_is_507(int code)
    {
        var stored = new InvalidOperationException("The row could not be stored.", new SqliteException("It failed.", code));
        ExceptionProblems.From(stored, new DefaultHttpContext(), new BackpropLimits()).ShouldNotBeNull().Status.ShouldBe(StatusCodes.Status507InsufficientStorage);
    }

    [Theory]
    [InlineData(true, 503)]
    [InlineData(false, 422)]
    public void Only_where_waiting_helps_is_a_client_told_to_wait(bool isBusy, int status)
    {
        Problem problem = ExceptionProblems.From(new DeviceException("It failed", null, isBusy), new DefaultHttpContext(), new BackpropLimits()).ShouldNotBeNull();
        problem.Status.ShouldBe(status);
        (problem.Header?.Name == "Retry-After").ShouldBe(isBusy);
    }
}
