package dev.daypass.e2e.provider;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The realm of the tests through Keycloak's admin REST API, and its login page. */
public final class KeycloakRealm implements LoginProvider {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Keycloak keycloak;
  private final HttpClient http = HttpClient.newHttpClient();

  public KeycloakRealm(Keycloak keycloak) {
    this.keycloak = keycloak;
  }

  @Override
  public String preset() {
    return "keycloak";
  }

  @Override
  public String issuer() {
    return keycloak.issuer();
  }

  @Override
  public String clientId() {
    return "daypass-login";
  }

  @Override
  public String clientSecret() {
    return "daypass-login-secret-of-the-tests-only";
  }

  @Override
  public void redirectsTo(URI callback) throws IOException {
    JsonNode client = only("/clients?clientId=" + clientId());
    var _ =
        put(
            "/clients/" + client.get("id").asString(),
            Map.of("clientId", clientId(), "redirectUris", List.of(callback.toString())));
  }

  @Override
  public void signIn(Page page, String person) {
    page.locator("#username").fill(person);
    page.locator("#password").fill(person + "-password");
    page.locator("#kc-login").click();
  }

  @Override
  public void enabled(String person, boolean enabled) throws IOException {
    // What a representation lacks is taken away: change it whole.
    ObjectNode user = (ObjectNode) only("/users?exact=true&username=" + person);
    var _ = put("/users/" + user.get("id").asString(), user.put("enabled", enabled));
  }

  @Override
  public void groups(String person, List<String> groups) throws IOException {
    String memberships = "/users/" + id(person) + "/groups/";
    Set<String> wanted = new HashSet<>(groups);
    for (JsonNode group : send("GET", "/groups", BodyPublishers.noBody())) {
      boolean member = wanted.remove(group.get("name").asString());
      String target = memberships + group.get("id").asString();
      var _ = send(member ? "PUT" : "DELETE", target, BodyPublishers.noBody());
    }
    if (!wanted.isEmpty()) {
      throw new AssertionError("no such group: " + wanted);
    }
  }

  private String id(String person) throws IOException {
    return only("/users?exact=true&username=" + person).get("id").asString();
  }

  private JsonNode only(String query) throws IOException {
    JsonNode found = send("GET", query, BodyPublishers.noBody());
    if (found.size() != 1) {
      throw new AssertionError(query + ": " + found);
    }
    return found.get(0);
  }

  private JsonNode put(String target, Object changes) throws IOException {
    return send("PUT", target, BodyPublishers.ofString(JSON.writeValueAsString(changes)));
  }

  private JsonNode send(String method, String target, HttpRequest.BodyPublisher body)
      throws IOException {
    URI uri = URI.create(keycloak.server() + "/admin/realms/daypass" + target);
    return answer(
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .method(method, body)
            .build());
  }

  private String token() throws IOException {
    String form =
        "grant_type=password&client_id=admin-cli&username="
            + Keycloak.ADMIN
            + "&password="
            + URLEncoder.encode(Keycloak.ADMIN_PASSWORD, StandardCharsets.UTF_8);
    URI uri = URI.create(keycloak.server() + "/realms/master/protocol/openid-connect/token");
    return answer(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build())
        .get("access_token")
        .asString();
  }

  private JsonNode answer(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new AssertionError(request + ": " + response.statusCode() + " " + response.body());
      }
      return JSON.readTree(response.body().isEmpty() ? "null" : response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
