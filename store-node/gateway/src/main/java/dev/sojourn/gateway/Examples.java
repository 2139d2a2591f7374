package dev.sojourn.gateway;

import com.google.common.collect.ImmutableList;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.docs.DocService;
import com.linecorp.armeria.server.docs.DocServiceBuilder;
import dev.sojourn.v1.SessionServiceGrpc;
import dev.sojourn.value.Namespace;

/** Pages that explain the calls and try them out, with requests that work as they stand. */
final class Examples {
  private static final String SERVICE = SessionServiceGrpc.SERVICE_NAME;

  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " script-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

  private Examples() {}

  /**
   * @param namespace one that the node serves
   * @param hasTokens whether a caller must show one
   */
  static DocService pages(Namespace namespace, boolean hasTokens) {
    DocServiceBuilder pages =
        DocService.builder()
            .webAppTitle("Sojourn edge gateway")
            .exampleRequests(SERVICE, "Execute", requests(namespace))
            .exclude(
                (plugin, service, method) -> method.equals("Stream") || !service.equals(SERVICE));
    if (hasTokens) {
      pages.exampleHeaders(SERVICE, HttpHeaders.of(HttpHeaderNames.AUTHORIZATION, "Bearer TOKEN"));
    }
    return pages.build();
  }

  /**
   * The pages as they are would load fonts from elsewhere, and tell that host who looks at them.
   */
  static HttpResponse fromHereAlone(
      HttpService pages, ServiceRequestContext http, HttpRequest request) throws Exception {
    return pages
        .serve(http, request)
        .mapHeaders(
            headers ->
                headers.toBuilder().set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY).build());
  }

  /**
   * Each works without a hint. Put the one that the first answers into `hint`, and go on with it.
   */
  static ImmutableList<String> requests(Namespace namespace) {
    return ImmutableList.of(
        """
        {
          "namespace": "%s",
          "operations": [
            {"put": {"field": {"name": "cart", "value": "MiBhcHBsZXM="}}},
            {"increment": {"name": "hits", "by": 1}},
            {"get": {}}
          ]
        }"""
            .formatted(namespace),
        """
        {
          "namespace": "%s",
          "hint": "",
          "operations": [{"get": {}}]
        }"""
            .formatted(namespace));
  }
}
