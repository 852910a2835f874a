/* JNI border of dev.axiomml.backend.jni.Kernels: raw addresses, sizes and status words; nothing is allocated,
 * no exception is thrown, nothing calls back. */
#include <jni.h>
#include "axiom.h"

/* The JDK's headers may be another platform's when cross-compiling: exporting is said here. */
#ifdef _WIN32
#define EXPORTED __declspec(dllexport)
#else
#define EXPORTED __attribute__((visibility("default")))
#endif

#define SHIM(type, name) \
  EXPORTED type JNICALL Java_dev_axiomml_backend_jni_Kernels_##name

/* Not direct, or not aligned: the caller's mistake, answered as status -8. */
#define NOT_DIRECT (-8)

SHIM(jlong, abi)(JNIEnv *env, jclass type) {
  (void)env;
  (void)type;
  return axiom_abi();
}

SHIM(jstring, isa)(JNIEnv *env, jclass type) {
  (void)type;
  return (*env)->NewStringUTF(env, axiom_isa());
}

SHIM(jlong, address)(JNIEnv *env, jclass type, jobject buffer) {
  (void)type;
  return (jlong)(uintptr_t)(*env)->GetDirectBufferAddress(env, buffer);
}

SHIM(jlong, planCreate)
(JNIEnv *env, jclass type, jobject program, jlong words, jobject weights, jlong bytes) {
  (void)type;
  const int64_t *w = (*env)->GetDirectBufferAddress(env, program);
  const uint8_t *raw = (*env)->GetDirectBufferAddress(env, weights);
  if (w == NULL || raw == NULL || (uintptr_t)w % 8 != 0) {
    return NOT_DIRECT;
  }
  return axiom_plan_create(w, (size_t)words, raw, (size_t)bytes);
}

SHIM(jlong, planRun)(JNIEnv *env, jclass type, jlong plan, jlong addresses, jint threads) {
  (void)env;
  (void)type;
  return axiom_plan_run(plan, (const uintptr_t *)(uintptr_t)addresses, (size_t)threads);
}

SHIM(void, planFree)(JNIEnv *env, jclass type, jlong plan) {
  (void)env;
  (void)type;
  axiom_plan_free(plan);
}
