package dev.sojourn.example;

import dev.sojourn.client.SojournClient;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** One for each POP, beside that POP's node. */
@SpringBootApplication
public class CartApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(CartApplication.class, arguments);
  }

  /** Lives as long as the application, which closes it. */
  @Bean
  SojournClient sojourn(
      @Value("${sojourn.node:127.0.0.1:7400}") String node,
      @Value("${sojourn.namespace:shop}") String namespace) {
    return SojournClient.connect(node, namespace);
  }
}
