#include "runtime/mailbox.h"

#include <utility>

namespace bangwu::runtime {

void Mailbox::post(VisitNumber visit, session::Message message) { put({visit, std::move(message)}); }
void Mailbox::post(VisitNumber visit, PictureReady picture) { put({visit, std::move(picture)}); }

void Mailbox::put(Letter letter) {
  {
    const std::lock_guard lock(mutex_);
    letters_.push_back(std::move(letter));
  }
  wake_();
}

std::vector<Letter> Mailbox::take_all() {
  const std::lock_guard lock(mutex_);
  return std::exchange(letters_, {});
}

bool Mailbox::empty() const {
  const std::lock_guard lock(mutex_);
  return letters_.empty();
}

}  // namespace bangwu::runtime
