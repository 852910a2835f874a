/**
 * The messages of an ONNX file, read from and written to protobuf's wire format. Depends on nothing
 * but the JDK, so that the version of protobuf-java on an application's class path does not matter.
 */
package dev.axiomml.interop.onnx.proto;
