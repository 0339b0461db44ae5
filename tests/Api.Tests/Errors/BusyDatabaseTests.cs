using Backprop.Api.Errors;
using Backprop.Api.Limits;
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
}
