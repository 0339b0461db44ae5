# syntax=docker/dockerfile:1
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source

# The packages are restored from the project files alone, so that a change of the code finds this layer in the cache.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Domain/Domain.csproj src/Domain/
COPY src/Compute/Compute.csproj src/Compute/
COPY src/Infrastructure/Infrastructure.csproj src/Infrastructure/
COPY src/Client/Client.csproj src/Client/
COPY src/Api/Api.csproj src/Api/
RUN dotnet restore src/Api/Api.csproj -a $TARGETARCH

COPY .editorconfig ./
COPY src/ src/
RUN dotnet publish src/Api/Api.csproj --no-restore -a $TARGETARCH -c Release -o /app && mkdir /data

# Neither shell nor package manager, and no ICU, since the service is culture-invariant; the user "app" owns nothing but the data.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app ./
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0 \
    ConnectionStrings__Backprop="Data Source=/data/backprop.db"
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s --retries=3 \
    CMD ["dotnet", "Backprop.Api.dll", "--health-check"]
ENTRYPOINT ["dotnet", "Backprop.Api.dll"]
