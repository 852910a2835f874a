package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.model.Model;
import java.util.List;
import java.util.Optional;

/**
 * What a certificate says.
 *
 * <p>Its JSON is one object of the fields {@code format} (always {@code axiom-certificate}), {@code
 * version} (1), {@code library}, {@code model} (its {@code name} and {@code sha256}, see {@link
 * ContentHash}), {@code foreign} (operators that are not built in), {@code claims}, and, where it
 * is signed, {@code signature} (Ed25519, base64, over the UTF-8 bytes of the same object without
 * this field, written without spaces). Fields stand in this order and no other is allowed.
 *
 * <p>A claim has its text, its {@code region} and {@code formula} in full, its {@code verdict} with
 * method, counterexample, sample count or reason, for a proved one its {@code proof} ({@code
 * semantics}, the region as it was resolved, and the {@code tree} in one line: a node before its
 * two sides, {@code S I L E} for leaves by structure, intervals, linear bounds, exact arithmetic,
 * {@code input.element@bits} for a cut at the float of these bits), how many {@code samples} were
 * run beside it, and {@code seconds}. Tensors are element type, sizes, little-endian bytes in
 * base64; numbers that are not finite are text.
 *
 * @param model the model's name
 * @param hash its content hash
 * @param library the version of the library that wrote it
 * @param foreign class names of operators that are not built in
 * @param claims what is claimed, and the answers
 */
public record Document(
    String model, String hash, String library, List<String> foreign, List<Claim> claims) {
  private static final String FORMAT = "axiom-certificate";
  private static final int VERSION = 1;

  /** Copies the lists. */
  public Document {
    foreign = List.copyOf(foreign);
    claims = List.copyOf(claims);
  }

  /** What can be said of claims about a model. */
  public static Document of(Model<?> model, List<Claim> claims) {
    String version =
        Optional.ofNullable(Document.class.getPackage().getImplementationVersion())
            .orElse("unreleased");
    return new Document(
        model.name(), ContentHash.of(model), version, BuiltIn.missing(model.inference()), claims);
  }

  /** A document with or without its signature. */
  public record Signed(Document document, Optional<String> signature) {}

  /** The JSON text; {@code pretty} for people, without spaces for signing. */
  public String toJson(Optional<String> signature, boolean pretty) {
    ObjectNode json = Json.object().put("format", FORMAT).put("version", VERSION);
    json.put("library", library).putObject("model").put("name", model).put("sha256", hash);
    ArrayNode names = json.putArray("foreign");
    foreign.forEach(names::add);
    ArrayNode list = json.putArray("claims");
    claims.forEach(claim -> list.add(ClaimJson.write(claim)));
    signature.ifPresent(text -> json.put("signature", text));
    return Json.text(json, pretty);
  }

  /**
   * Reads JSON.
   *
   * @throws dev.axiomml.core.error.CertificateException with the place for everything that is not
   *     in the format
   */
  public static Signed parse(String text) {
    Fields json = new Fields(Json.parse(text), "certificate");
    json.only("format", "version", "library", "model", "foreign", "claims", "signature");
    if (!json.text("format").equals(FORMAT) || json.whole("version") != VERSION) {
      throw Fields.malformed(
          "certificate", FORMAT + " " + VERSION, json.text("format") + " " + json.whole("version"));
    }
    Fields about = json.object("model").only("name", "sha256");
    Document document =
        new Document(
            about.text("name"),
            about.text("sha256"),
            json.text("library"),
            json.texts("foreign"),
            json.objects("claims").stream().map(ClaimJson::read).toList());
    return new Signed(
        document, json.has("signature") ? Optional.of(json.text("signature")) : Optional.empty());
  }
}
