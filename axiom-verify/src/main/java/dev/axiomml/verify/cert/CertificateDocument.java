package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.model.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a certificate says.
 *
 * <p>Its JSON is one object of the fields {@code format} (always {@code axiom-certificate}), {@code
 * version} (1), {@code library}, {@code model} (its {@code name} and {@code sha256}, see {@link
 * ContentHash}), {@code foreign} (operators that are not built in), {@code claims}, where its maker
 * says something of itself an {@code envelope} ({@code file_sha256}, {@code tool}, {@code kernels},
 * {@code date}), and, where it is signed, {@code signature} (Ed25519, base64, over the UTF-8 bytes
 * of the same object without this field, written without spaces). Fields stand in this order and no
 * other is allowed.
 *
 * <p>A claim has its {@code region}, with the inputs that it names and the tensors that it gives,
 * and {@code formula} in full, its {@code verdict} with method, counterexample, sample count or
 * reason, for a proved one its {@code proof} ({@code semantics}, the region as it was resolved, and
 * the {@code tree} in one line: a node before its two sides, {@code S I L E} for leaves by
 * structure, intervals, linear bounds, exact arithmetic, {@code input.element@bits} for a cut at
 * the float of these bits), how many {@code samples} were run beside it, and {@code seconds}. Its
 * words are for people: they are made of region and formula when it is written, and never read.
 * Tensors are element type, sizes, little-endian bytes in base64; numbers that are not finite are
 * text.
 *
 * @param model the model's name
 * @param hash its content hash
 * @param library the version of the library that wrote it
 * @param foreign class names of operators that are not built in
 * @param claims what is claimed, and the answers
 * @param envelope what its maker says of itself; no part of any claim
 */
public record CertificateDocument(
    String model,
    String hash,
    String library,
    List<String> foreign,
    List<Claim> claims,
    CertificateEnvelope envelope) {
  private static final String FORMAT = "axiom-certificate";
  private static final int VERSION = 1;

  /** Copies the lists. */
  public CertificateDocument {
    foreign = List.copyOf(foreign);
    claims = List.copyOf(claims);
  }

  /** What can be said of claims about a model. */
  public static CertificateDocument of(Model<?> model, List<Claim> claims) {
    String version =
        Optional.ofNullable(CertificateDocument.class.getPackage().getImplementationVersion())
            .orElse("unreleased");
    return new CertificateDocument(
        model.name(),
        ContentHash.of(model),
        version,
        BuiltIn.missing(model.inference()),
        claims,
        CertificateEnvelope.NONE);
  }

  /** The same in another envelope. */
  public CertificateDocument with(CertificateEnvelope other) {
    return new CertificateDocument(model, hash, library, foreign, claims, other);
  }

  /** A document with or without its signature. */
  public record Signed(CertificateDocument document, Optional<String> signature) {}

  /** The JSON text; {@code pretty} for people, without spaces for signing. */
  public String toJson(Optional<String> signature, boolean pretty) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(bytes, signature, pretty);
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Writes the same text in UTF-8. @throws IOException when the stream cannot be written */
  public void write(OutputStream to, Optional<String> signature, boolean pretty)
      throws IOException {
    LimitedJson.write(json(signature), pretty, to);
  }

  private ObjectNode json(Optional<String> signature) {
    ObjectNode json = LimitedJson.object().put("format", FORMAT).put("version", VERSION);
    json.put("library", library).putObject("model").put("name", model).put("sha256", hash);
    ArrayNode names = json.putArray("foreign");
    foreign.forEach(names::add);
    ArrayNode list = json.putArray("claims");
    claims.forEach(claim -> list.add(ClaimJson.write(claim)));
    if (!envelope.equals(CertificateEnvelope.NONE)) {
      envelope(json.putObject("envelope"));
    }
    signature.ifPresent(text -> json.put("signature", text));
    return json;
  }

  private void envelope(ObjectNode json) {
    envelope.file().ifPresent(text -> json.put("file_sha256", text));
    envelope.tool().ifPresent(text -> json.put("tool", text));
    ArrayNode kernels = json.putArray("kernels");
    envelope.kernels().forEach(kernels::add);
    envelope.date().ifPresent(text -> json.put("date", text));
  }

  /**
   * Reads JSON.
   *
   * @throws dev.axiomml.core.error.CertificateException with the place for everything that is not
   *     in the format
   */
  public static Signed parse(String text) {
    return read(new StrictFields(LimitedJson.parse(text), "certificate"));
  }

  /** Reads JSON in UTF-8 as it comes. @throws IOException when the stream cannot be read */
  public static Signed parse(InputStream from) throws IOException {
    return read(new StrictFields(LimitedJson.parse(from), "certificate"));
  }

  private static Signed read(StrictFields json) {
    json.only(
        "format", "version", "library", "model", "foreign", "claims", "envelope", "signature");
    if (!json.text("format").equals(FORMAT) || json.whole("version") != VERSION) {
      throw StrictFields.malformed(
          "certificate", FORMAT + " " + VERSION, json.text("format") + " " + json.whole("version"));
    }
    StrictFields about = json.object("model").only("name", "sha256");
    CertificateDocument document =
        new CertificateDocument(
            about.text("name"),
            about.text("sha256"),
            json.text("library"),
            json.texts("foreign"),
            json.objects("claims").stream().map(ClaimJson::read).toList(),
            json.has("envelope") ? envelope(json.object("envelope")) : CertificateEnvelope.NONE);
    return new Signed(document, json.optional("signature"));
  }

  private static CertificateEnvelope envelope(StrictFields json) {
    json.only("file_sha256", "tool", "kernels", "date");
    return new CertificateEnvelope(
        json.optional("file_sha256"),
        json.optional("tool"),
        json.texts("kernels"),
        json.optional("date"));
  }
}
