package dev.axiomml.examples;

import static dev.axiomml.dsl.Dsl.validProbabilities;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.interop.onnx.Onnx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service around an ONNX classifier: {@code POST /digit} with 64 grey values from 0 to 1, row by
 * row, as a JSON array. The guard stands between the network and every answer.
 *
 * <p>200: the class and its probability. 400: the request is no picture. 500: the network broke
 * what it must keep, and its answer is withheld.
 */
public final class ServeOnnx implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Shape PICTURE = Shape.of(1, 8, 8, 1);

  private final CompiledModel digits;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  private ServeOnnx(CompiledModel digits, HttpServer server) {
    this.digits = digits;
    this.server = server;
  }

  /** Arguments: the file, {@code examples/models/digits.onnx}, and the port, 8080. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "examples/models/digits.onnx");
    ServeOnnx service = start(file, arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8080);
    Runtime.getRuntime().addShutdownHook(new Thread(service::close));
    System.out.println("POST 64 numbers to http://localhost:" + service.port() + "/digit");
  }

  /** A service on a port of this machine; 0 takes a free one. */
  static ServeOnnx start(Path file, int port) throws IOException {
    Model<Probabilities> guarded =
        Axiom.guard(Onnx.load(file).asClassifier()).ensure(validProbabilities());
    CompiledModel digits =
        guarded.compile(Backends.choose().chosen(), Compilation.DEFAULT.withJavaForTheRest());
    InetAddress here = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(here, port), 0);
    ServeOnnx service = new ServeOnnx(digits, server);
    server.createContext("/digit", service::answer);
    server.setExecutor(service.threads);
    server.start();
    return service;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private record Reply(int status, Map<String, Object> body) {}

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange.getRequestBody().readNBytes(10_000));
      byte[] body = JSON.writeValueAsBytes(reply.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Reply reply(byte[] request) throws IOException {
    try {
      Tensor picture = Tensor.of(PICTURE, JSON.readValue(request, float[].class));
      return new Reply(200, decided(digits.predict(picture)));
    } catch (EnsureViolation broken) {
      return new Reply(500, Map.of("withheld", broken.getMessage()));
    } catch (JsonProcessingException | IllegalArgumentException wrong) {
      return new Reply(400, Map.of("refused", wrong.getMessage()));
    }
  }

  private static Map<String, Object> decided(Tensor probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.size(); i++) {
      best = probabilities.at(0, i) > probabilities.at(0, best) ? i : best;
    }
    return Map.of("digit", best, "probability", probabilities.at(0, best));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    digits.close();
  }
}
